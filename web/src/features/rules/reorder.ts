import {
  type Announcements,
  KeyboardSensor,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { sortableKeyboardCoordinates } from '@dnd-kit/sortable'
import type { Rule } from '@/api/types'

const DRAG_PX = 4

/** Dragging by pointer, and by keyboard: space, arrows, space. */
export const useReorderSensors = () =>
  useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_PX } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )

export const INSTRUCTIONS = {
  draggable:
    'To move this rule, press space, then the up and down arrow keys, then space to drop it. ' +
    'Escape leaves it where it was.',
}

/** What a screen reader hears while a rule is moved. */
export function announcements(rules: readonly Rule[]): Announcements {
  const place = (id: UniqueIdentifier) => rules.findIndex((rule) => rule.id === id) + 1
  const name = (id: UniqueIdentifier) => rules.find((rule) => rule.id === id)?.name ?? 'The rule'
  const of = `of ${rules.length}`
  return {
    onDragStart: ({ active }) =>
      `${name(active.id)} picked up, position ${place(active.id)} ${of}.`,
    onDragOver: ({ active, over }) =>
      over ? `${name(active.id)} is over position ${place(over.id)} ${of}.` : undefined,
    onDragEnd: ({ active, over }) =>
      over ? `${name(active.id)} dropped at position ${place(over.id)} ${of}.` : undefined,
    onDragCancel: ({ active }) => `${name(active.id)} stays where it was.`,
  }
}
