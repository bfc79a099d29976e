import { Button, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError, explain } from '@/api/errors'
import { rollBack, rulesQuery } from '@/api/queries/rules'
import { Await } from '@/ui/Await'
import { DiffSkeleton, VersionDiff } from './Compare'
import css from './RollbackDialog.module.css'

type Props = { inForce: number; to: number; onClose: () => void }

/** Shows what a return to an earlier version changes, and asks before doing it. */
export function RollbackDialog({ inForce, to, onClose }: Props) {
  const queries = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: () => rollBack(inForce, to),
    onSuccess: (version) =>
      notifications.show({
        title: `Back to version ${to}`,
        message: `Published as version ${version.version}.`,
      }),
    onError: complain,
    onSettled: async () => {
      onClose()
      await queries.invalidateQueries({ queryKey: rulesQuery().queryKey })
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={`Roll back to version ${to}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={css.words}>
        The rules of version {to} are published again as version {inForce + 1}. Leads that were
        decided meanwhile stay where they are. What changes:
      </p>
      <Await skeleton={<DiffSkeleton />}>
        <VersionDiff from={inForce} to={to} />
      </Await>
      <div className={css.actions}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={isPending} onClick={() => mutate()}>
          Roll back
        </Button>
      </div>
    </Modal>
  )
}

function complain(error: unknown) {
  if (error instanceof ApiError && error.code === 'ruleset-moved') {
    notifications.show({
      color: 'yellow',
      title: 'Somebody else changed the rules',
      message: 'Nothing was rolled back. Look at the rules as they are now, and try again.',
    })
    return
  }
  const { title, detail } = explain(error)
  notifications.show({ color: 'red', title, message: detail })
}
