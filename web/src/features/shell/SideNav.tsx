import { IconActivity, IconListDetails, IconUsersGroup } from '@tabler/icons-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useSignedIn } from '@/features/session/session'
import { Mark } from '@/ui/Wordmark'
import { MemberMenu } from './MemberMenu'
import { SchemeSwitch } from './SchemeSwitch'
import css from './SideNav.module.css'

const PLACES = [
  { href: '/', name: 'Live feed', icon: IconActivity, also: '/lead' },
  { href: '/rules/', name: 'Rules', icon: IconListDetails, also: '/rules' },
  { href: '/pools/', name: 'Pools', icon: IconUsersGroup, also: '/pools' },
]

/** Where one is and where one can go. */
export function SideNav({ onNavigate }: { onNavigate?: () => void }) {
  const path = usePathname()
  const { workspace } = useSignedIn()
  return (
    <div className={css.side}>
      <div className={css.workspace}>
        <Mark />
        <span className={css.name} title={workspace.name}>
          {workspace.name}
        </span>
      </div>
      <nav aria-label="Main">
        <ul className={css.places}>
          {PLACES.map(({ href, name, icon: Icon, also }) => {
            const here = path === href || path.startsWith(also)
            return (
              <li key={href}>
                <Link
                  className={css.place}
                  href={href}
                  onClick={onNavigate}
                  aria-current={path === href ? 'page' : here ? 'true' : undefined}
                >
                  <Icon className={css.icon} stroke={1.8} aria-hidden />
                  {name}
                </Link>
              </li>
            )
          })}
        </ul>
      </nav>
      <div className={css.foot}>
        <SchemeSwitch />
        <MemberMenu />
      </div>
    </div>
  )
}
