import { render } from 'preact'
import './parts/plain.ts'
import { Shell } from './shell.tsx'
import { hasDrafts } from './state/drafts.ts'
import { watchIdle } from './state/idle.ts'

const root = document.getElementById('app')
if (root !== null) render(<Shell />, root)
watchIdle()

addEventListener('beforeunload', (event) => {
  if (hasDrafts()) event.preventDefault()
})
