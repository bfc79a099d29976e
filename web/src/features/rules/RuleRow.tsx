import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { ActionIcon, Switch } from '@mantine/core'
import { type Icon, IconChevronDown, IconChevronUp, IconGripVertical } from '@tabler/icons-react'
import type { Rule } from '@/api/types'
import { count } from '@/lib/numbers'
import css from './RuleRow.module.css'

type Props = {
  rule: Rule
  last: boolean
  /** The element that says why nothing may be changed; absent when it may. */
  lockedBy: string | undefined
  onMove: (by: 1 | -1) => void
  onSwitch: (enabled: boolean) => void
}

/** One rule: its place, whom it is for, what happens to them, and the controls. */
export function RuleRow({ rule, last, lockedBy, onMove, onSwitch }: Props) {
  const locked = lockedBy !== undefined
  const sortable = useSortable({ id: rule.id, disabled: locked })
  const style = {
    transform: CSS.Translate.toString(sortable.transform),
    transition: sortable.transition,
  }
  return (
    <li
      className={css.row}
      ref={sortable.setNodeRef}
      style={style}
      data-off={!rule.enabled || undefined}
      data-dragging={sortable.isDragging || undefined}
    >
      <button
        {...sortable.attributes}
        {...sortable.listeners}
        ref={sortable.setActivatorNodeRef}
        className={css.handle}
        type="button"
        disabled={locked}
        aria-label={`Move ${rule.name}`}
      >
        <IconGripVertical className={css.icon} stroke={1.8} aria-hidden />
      </button>
      <span className={css.position}>{rule.position}</span>
      <div className={css.words}>
        <h2 className={css.name}>{rule.name}</h2>
        <p className={css.condition} title={rule.condition_words}>
          {rule.condition_words}
        </p>
      </div>
      <p className={css.action}>{rule.action_words}</p>
      <p className={css.matched}>
        <b>{count(rule.matched_30d)}</b> <span className={css.unit}>in 30 days</span>
      </p>
      <div className={css.controls}>
        <ActionIcon.Group>
          <MoveButton
            label={`Move ${rule.name} up`}
            icon={IconChevronUp}
            off={locked || rule.position === 1}
            offBecause={lockedBy}
            onClick={() => onMove(-1)}
          />
          <MoveButton
            label={`Move ${rule.name} down`}
            icon={IconChevronDown}
            off={locked || last}
            offBecause={lockedBy}
            onClick={() => onMove(1)}
          />
        </ActionIcon.Group>
        <Switch
          aria-label={`${rule.name} is on`}
          aria-describedby={lockedBy}
          withThumbIndicator={false}
          checked={rule.enabled}
          disabled={locked}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
        />
      </div>
    </li>
  )
}

type MoveButtonProps = {
  label: string
  icon: Icon
  off: boolean
  offBecause: string | undefined
  onClick: () => void
}

/** Keeps the focus when it goes off: a rule that has just reached the end was moved by it. */
function MoveButton({ label, icon: Mark, off, offBecause, onClick }: MoveButtonProps) {
  return (
    <ActionIcon
      variant="default"
      aria-label={label}
      aria-describedby={offBecause}
      aria-disabled={off}
      data-disabled={off || undefined}
      onClick={off ? undefined : onClick}
    >
      <Mark className={css.icon} stroke={1.8} aria-hidden />
    </ActionIcon>
  )
}
