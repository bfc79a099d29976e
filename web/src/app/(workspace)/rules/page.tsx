import { RulesScreen } from '@/features/rules/RulesScreen'

export default function Page() {
  return <RulesScreen />
}
