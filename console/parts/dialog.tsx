import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { words } from '../state/words.ts'

/** A question over the page: the platform's own dialog, which keeps the focus inside and closes by Escape. */
export function Dialog(props: {
  title: string
  onClose: () => void
  children: ComponentChildren
  isWide?: boolean
}) {
  const { title, onClose, children, isWide = false } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      class={`s-dialog${isWide ? ' s-dialog--wide' : ''}`}
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
    >
      <div class="s-dialog__head">
        <h2 class="govuk-heading-m" id={id}>
          {title}
        </h2>
        <button type="button" class="s-quiet" onClick={onClose}>
          {words.close}
        </button>
      </div>
      {children}
    </dialog>
  )
}
