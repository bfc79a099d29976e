/** Names the document while it is on the screen. One at a time. */
export function Title({ children }: { children: string }) {
  return <title>{`${children} · Lead Router`}</title>
}
