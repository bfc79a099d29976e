'use client'

import { Alert, Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertCircle, IconClock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { session } from '@/api/client'
import { Title } from '@/ui/Title'
import { Wordmark } from '@/ui/Wordmark'
import css from './SignIn.module.css'
import { refusal, required } from './words'

/** The sign-in screen; stands at whatever address was asked for, which then opens. */
export function SignIn({ expired }: { expired: boolean }) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: required('Enter your e-mail address.'),
      password: required('Enter your password.'),
    },
  })
  const signIn = useMutation({ mutationFn: session.signIn })

  return (
    <main className={css.screen}>
      <Title>Sign in</Title>
      <div className={css.card}>
        <Wordmark />
        <h1 className={css.title}>Sign in to your workspace</h1>
        {expired && !signIn.error && (
          <Alert className={css.alert} color="gray" icon={<IconClock aria-hidden />}>
            Your session has ended. Sign in again to go on where you were.
          </Alert>
        )}
        {signIn.error && (
          <Alert className={css.refusal} role="alert" icon={<IconAlertCircle aria-hidden />}>
            {refusal(signIn.error)}
          </Alert>
        )}
        <form
          className={css.form}
          noValidate
          onSubmit={form.onSubmit((credentials) => signIn.mutate(credentials))}
        >
          <TextInput
            key={form.key('email')}
            label="E-mail"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            key={form.key('password')}
            label="Password"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="sm" fullWidth loading={signIn.isPending}>
            Sign in
          </Button>
        </form>
      </div>
    </main>
  )
}
