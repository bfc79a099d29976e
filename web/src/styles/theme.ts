import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import controls from './controls.module.css'

const accent: MantineColorsTuple = [
  'var(--accent-soft)',
  'var(--accent-soft)',
  'var(--accent-line)',
  'var(--accent-line)',
  'var(--accent-text)',
  'var(--accent-text)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent-hover)',
  'var(--accent-hover)',
]

const gray: MantineColorsTuple = [
  'var(--sunken)',
  'var(--neutral-soft)',
  'var(--border)',
  'var(--border-strong)',
  'var(--border-strong)',
  'var(--text-faint)',
  'var(--text-muted)',
  'var(--text-muted)',
  'var(--text)',
  'var(--text)',
]

const dark: MantineColorsTuple = [
  'var(--text)',
  'var(--text-muted)',
  'var(--text-muted)',
  'var(--text-faint)',
  'var(--border-strong)',
  'var(--neutral-soft)',
  'var(--raised)',
  'var(--canvas)',
  'var(--sunken)',
  'var(--sunken)',
]

/** Mantine's theme, saying everything in the words of tokens.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 7,
  colors: { accent, gray, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontSizes: {
    xs: 'var(--text-xs)',
    sm: 'var(--text-sm)',
    md: 'var(--text-md)',
    lg: 'var(--text-lg)',
    xl: 'var(--text-xl)',
  },
  spacing: {
    xs: 'var(--space-2)',
    sm: 'var(--space-3)',
    md: 'var(--space-4)',
    lg: 'var(--space-6)',
    xl: 'var(--space-8)',
  },
  radius: {
    xs: 'var(--radius-sm)',
    sm: 'var(--radius-sm)',
    md: 'var(--radius-md)',
    lg: 'var(--radius-lg)',
    xl: 'var(--radius-lg)',
  },
  shadows: { md: 'var(--shadow-raised)', xl: 'var(--shadow-lifted)' },
  headings: {
    fontWeight: 'var(--weight-strong)',
    sizes: {
      h1: { fontSize: 'var(--text-xl)', lineHeight: '1.3' },
      h2: { fontSize: 'var(--text-lg)', lineHeight: '1.4' },
      h3: { fontSize: 'var(--text-md)', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'never',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs', fw: 'var(--weight-medium)' } },
    Input: { classNames: { input: controls.input } },
    Notification: {
      defaultProps: { withBorder: true, closeButtonProps: { 'aria-label': 'Dismiss' } },
    },
    SegmentedControl: {
      classNames: { root: controls.segments, indicator: controls.segment },
    },
    Skeleton: { defaultProps: { radius: 'sm' }, classNames: { root: controls.skeleton } },
    Switch: { classNames: { track: controls.track } },
  },
})

const variables = {
  '--mantine-color-body': 'var(--canvas)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-muted)',
  '--mantine-color-placeholder': 'var(--text-faint)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--border-strong)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-error': 'var(--negative-text)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
  '--mantine-color-accent-light': 'var(--accent-soft)',
  '--mantine-color-accent-light-color': 'var(--accent-text)',
}

/** The same names in both schemes: tokens.css already knows light from dark. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables,
  dark: variables,
})
