import { FeedScreen } from '@/features/feed/FeedScreen'

export default function Page() {
  return <FeedScreen />
}
