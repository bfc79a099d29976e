import { LeadScreen } from '@/features/leads/LeadScreen'

export default function Page() {
  return <LeadScreen />
}
