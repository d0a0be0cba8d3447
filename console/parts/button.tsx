import type { ComponentChildren } from 'preact'

export interface ButtonProps {
  children: ComponentChildren
  onClick?: () => void
  kind?: 'main' | 'usual' | 'warning' | 'quiet'
  isBusy?: boolean
  /** Why not, where it cannot be pressed: shown beside it, since a grey button explains nothing. */
  whyNot?: string | undefined
  /** Leads on: the button that tests and hands look for. */
  isMain?: boolean
  submits?: boolean
}

const classes = {
  main: 'govuk-button',
  usual: 'govuk-button govuk-button--secondary',
  warning: 'govuk-button govuk-button--warning',
  quiet: 's-quiet',
}

export function Button(props: ButtonProps) {
  const { children, onClick, kind = 'usual', isBusy = false, whyNot, isMain = false, submits = false } = props
  const main = isMain ? { 'data-main': '' } : {}
  return (
    <span class="s-act">
      <button
        type={submits ? 'submit' : 'button'}
        class={classes[kind]}
        disabled={isBusy || whyNot !== undefined}
        aria-busy={isBusy}
        onClick={onClick}
        {...main}
      >
        {children}
      </button>
      {whyNot && <span class="s-why">{whyNot}</span>}
    </span>
  )
}
