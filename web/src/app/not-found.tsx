import { IconMapQuestion } from '@tabler/icons-react'
import Link from 'next/link'
import { Message } from '@/ui/Message'
import { Title } from '@/ui/Title'

export default function NotFound() {
  return (
    <main>
      <Title>Page not found</Title>
      <Message
        icon={IconMapQuestion}
        title="There is no page here"
        heading="h1"
        action={<Link href="/">Go to the live feed</Link>}
      >
        The address may be mistyped, or the page has moved.
      </Message>
    </main>
  )
}
