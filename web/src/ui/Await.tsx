import { QueryErrorResetBoundary } from '@tanstack/react-query'
import { Component, type ReactNode, Suspense } from 'react'
import { Failure } from './Failure'

type Props = {
  /** Stands in while loading, with the measures of what is to come. */
  skeleton: ReactNode
  /** Replaces the usual words for some failures; `undefined` leaves them to the usual ones. */
  onError?: (error: unknown) => ReactNode | undefined
  children: ReactNode
}

/** Children that suspend on queries: their skeleton while they load, their failure with a retry. */
export function Await({ skeleton, onError, children }: Props) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Catch reset={reset} onError={onError}>
          <Suspense fallback={skeleton}>{children}</Suspense>
        </Catch>
      )}
    </QueryErrorResetBoundary>
  )
}

type CatchProps = Pick<Props, 'onError' | 'children'> & { reset: () => void }

class Catch extends Component<CatchProps, { error: unknown }> {
  override state = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  private readonly retry = () => {
    this.props.reset()
    this.setState({ error: undefined })
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return this.props.onError?.(error) ?? <Failure error={error} retry={this.retry} />
  }
}
