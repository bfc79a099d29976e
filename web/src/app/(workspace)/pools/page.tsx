import { PoolsScreen } from '@/features/pools/PoolsScreen'

export default function Page() {
  return <PoolsScreen />
}
