import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconLogout, IconSelector } from '@tabler/icons-react'
import { useSignedIn } from '@/features/session/session'
import { signOutEverywhere } from '@/features/session/tabs'
import { label } from '@/lib/names'
import { Avatar } from '@/ui/Avatar'
import css from './MemberMenu.module.css'

/** Who is signed in, and the way out. */
export function MemberMenu() {
  const { member } = useSignedIn()
  return (
    <Menu
      position="top-start"
      width="var(--menu-width)"
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UnstyledButton className={css.target}>
          <Avatar id={member.user_id} name={member.name} />
          <span className={css.who}>
            <span className={css.name}>{member.name}</span>
            <span className={css.role}>
              {label(member.role)}
              <VisuallyHidden>, your account</VisuallyHidden>
            </span>
          </span>
          <IconSelector className={css.icon} stroke={1.8} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{member.email}</Menu.Label>
        <Menu.Item
          leftSection={<IconLogout className={css.icon} stroke={1.8} aria-hidden />}
          onClick={() => void signOutEverywhere()}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
