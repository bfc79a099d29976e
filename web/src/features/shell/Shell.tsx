'use client'

import { ActionIcon, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMenu2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useSignedIn } from '@/features/session/session'
import { Wordmark } from '@/ui/Wordmark'
import css from './Shell.module.css'
import { SideNav } from './SideNav'

/** The frame of every page: navigation at the side, or behind a button where it is narrow. */
export function Shell({ children }: { children: ReactNode }) {
  const [opened, drawer] = useDisclosure(false)
  const { workspace } = useSignedIn()
  return (
    <div className={css.shell}>
      <header className={css.header}>
        <a className={css.skip} href="#content">
          Skip to the content
        </a>
        <div className={css.topbar}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Menu"
            onClick={drawer.open}
          >
            <IconMenu2 stroke={1.8} aria-hidden />
          </ActionIcon>
          <Wordmark />
          <span className={css.workspace}>{workspace.name}</span>
        </div>
      </header>
      <aside className={css.sidebar} aria-label="Workspace">
        <SideNav />
      </aside>
      <Drawer.Root opened={opened} onClose={drawer.close} size="var(--sidebar-width)">
        <Drawer.Overlay />
        <Drawer.Content aria-label="Menu">
          <Drawer.Body className={css.drawer}>
            <SideNav onNavigate={drawer.close} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <main className={css.content} id="content" tabIndex={-1}>
        <div className={css.page}>{children}</div>
      </main>
    </div>
  )
}
