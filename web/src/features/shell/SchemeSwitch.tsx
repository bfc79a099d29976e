import {
  isMantineColorScheme,
  SegmentedControl,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core'
import { type Icon, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import css from './SchemeSwitch.module.css'

const option = (value: string, name: string, Mark: Icon) => ({
  value,
  label: (
    <span className={css.option} title={name}>
      <Mark className={css.icon} stroke={1.8} aria-hidden />
      <VisuallyHidden>{name}</VisuallyHidden>
    </span>
  ),
})

const OPTIONS = [
  option('light', 'Light', IconSun),
  option('dark', 'Dark', IconMoon),
  option('auto', 'As the system', IconDeviceDesktop),
]

/** Light, dark, or as the system; kept in this browser. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      aria-label="Appearance"
      size="xs"
      fullWidth
      data={OPTIONS}
      value={colorScheme}
      onChange={(value) => {
        if (isMantineColorScheme(value)) setColorScheme(value)
      }}
    />
  )
}
