import { CloseButton, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { isLeadState, LEAD_STATES } from '@/api/guards'
import type { LeadFilter } from '@/api/queries/leads'
import { label } from '@/lib/names'
import css from './FeedFilters.module.css'

const ALL = 'all'

const OPTIONS = [
  { value: ALL, label: 'All' },
  ...LEAD_STATES.map((state) => ({ value: state, label: label(state) })),
]

type Props = { filter: LeadFilter; onChange: (filter: LeadFilter) => void }

/** Which leads to show: by state and by the beginning of the e-mail address. */
export function FeedFilters({ filter, onChange }: Props) {
  return (
    <search className={css.filters} aria-label="Leads">
      <div className={css.scroll}>
        <SegmentedControl
          aria-label="State"
          size="xs"
          data={OPTIONS}
          value={filter.state ?? ALL}
          onChange={(value) =>
            onChange({ ...filter, state: isLeadState(value) ? value : undefined })
          }
        />
      </div>
      <TextInput
        className={css.search}
        size="xs"
        aria-label="E-mail begins with"
        placeholder="E-mail begins with…"
        spellCheck={false}
        autoCapitalize="none"
        leftSection={<IconSearch className={css.icon} stroke={1.8} aria-hidden />}
        rightSection={
          filter.q && (
            <CloseButton
              size="sm"
              aria-label="Clear the search"
              onClick={() => onChange({ ...filter, q: undefined })}
            />
          )
        }
        value={filter.q ?? ''}
        onChange={(event) => onChange({ ...filter, q: event.currentTarget.value || undefined })}
      />
    </search>
  )
}
