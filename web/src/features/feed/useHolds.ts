import { type RefCallback, useCallback } from 'react'
import type { FeedStore } from './store'

const REST_MS = 1500

/**
 * Keeps the list still while the reader is busy with it: scrolled down, or moving the pointer to a
 * row. A pointer that merely rests there holds nothing.
 *
 * Returns what to watch: a mark at the top of the list, and the rows.
 */
export function useHolds(store: FeedStore) {
  const top: RefCallback<HTMLElement> = useCallback(
    (mark) => {
      if (!mark) return undefined
      const observer = new IntersectionObserver(([entry]) => {
        if (entry) store.hold('scroll', !entry.isIntersecting)
      })
      observer.observe(mark)
      return () => {
        observer.disconnect()
        store.hold('scroll', false)
      }
    },
    [store],
  )

  const rows: RefCallback<HTMLElement> = useCallback(
    (list) => {
      if (!list) return undefined
      let timer: ReturnType<typeof setTimeout> | undefined
      const release = () => {
        clearTimeout(timer)
        store.hold('pointer', false)
      }
      const moved = (event: PointerEvent) => {
        if (event.pointerType !== 'mouse' || (!event.movementX && !event.movementY)) return
        store.hold('pointer', true)
        clearTimeout(timer)
        timer = setTimeout(release, REST_MS)
      }
      list.addEventListener('pointermove', moved)
      list.addEventListener('pointerleave', release)
      return () => {
        list.removeEventListener('pointermove', moved)
        list.removeEventListener('pointerleave', release)
        release()
      }
    },
    [store],
  )

  return { top, rows }
}
