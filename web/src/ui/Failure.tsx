import { Button } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { explain } from '@/api/errors'
import { Message } from './Message'

/** A failure in words, with a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const { title, detail } = explain(error)
  return (
    <Message
      icon={IconCloudOff}
      title={title}
      tone="negative"
      action={
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      }
    >
      {detail}
    </Message>
  )
}
