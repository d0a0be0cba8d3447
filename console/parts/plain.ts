import { type ComponentChildren, Fragment, options, type VNode } from 'preact'
import { plainBlock } from '../../src/plainText.ts'

/**
 * Whatever stands on a page, whoever wrote it: a character that acts instead of being shown, or turns what is beside it
 * round, becomes a mark. What was reported is shown by `Text`, which names such characters; a field keeps what is typed.
 */
const besideTexts = ['title', 'aria-label', 'alt', 'placeholder'] as const

const before = options.vnode
options.vnode = (node) => {
  const { type, props } = node as VNode<Record<string, unknown>>
  if (typeof type === 'string' || type === Fragment) {
    props.children = plain(props.children as ComponentChildren)
    for (const name of besideTexts) {
      if (typeof props[name] === 'string') props[name] = plainBlock(props[name])
    }
  }
  before?.(node)
}

function plain(children: ComponentChildren): ComponentChildren {
  if (typeof children === 'string') return plainBlock(children)
  return Array.isArray(children) ? children.map(plain) : children
}
