import { ApiError, explain } from '@/api/errors'

/** A form check: `message` when the value is blank. */
export const required = (message: string) => (value: string) =>
  value.trim() === '' ? message : null

/** Why a sign-in failed, in words for the person at the form. */
export function refusal(error: unknown): string {
  if (error instanceof ApiError && error.code === 'wrong-credentials') {
    return 'The e-mail address and the password do not belong together.'
  }
  return explain(error).detail
}
