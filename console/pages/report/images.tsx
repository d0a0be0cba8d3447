import { useEffect, useRef, useState } from 'preact/hooks'
import type { components } from '../../../client/src/index.ts'
import { Button } from '../../parts/button.tsx'
import { TextField, useForm } from '../../parts/form.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Badge, Card, Nothing, Shown } from '../../parts/small.tsx'
import { api } from '../../state/api.ts'
import { useAct, useLoaded } from '../../state/loaded.ts'
import { may, me } from '../../state/session.ts'
import { dayOf, say, words } from '../../state/words.ts'

type Attachment = components['schemas']['TriageAttachment']

const { images: texts } = words.report

/** What was sent as pictures. Each may be unlawful: none is fetched before somebody asks, and then it is blurred. */
export function ImagesPart({ id }: { id: string }) {
  const images = useLoaded(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/attachments', { path: { id } })
    return body
  }, [id])
  return (
    <Card title={texts.title}>
      <p class="s-about">{texts.about}</p>
      <Shown of={images}>
        {({ items: all }) =>
          all.length === 0 ? (
            <Nothing>{texts.none}</Nothing>
          ) : (
            all.map((one) => <Picture key={one.id} id={id} image={one} onChanged={images.reload} />)
          )
        }
      </Shown>
    </Card>
  )
}

function Picture({ id, image, onChanged }: { id: string; image: Attachment; onChanged: () => void }) {
  const path = { id, attachmentId: image.id }
  const form = useForm(`image ${image.id}`, { reason: '' })
  const { reason } = form.values
  const said = reason === '' ? {} : { reason }
  const [bitmap, setBitmap] = useState<ImageBitmap | undefined>(undefined)
  const look = useAct(async () => {
    const { body } = await api.get('/v1/triage/reports/{id}/attachments/{attachmentId}', { path, ...said })
    setBitmap(await createImageBitmap(body))
  })
  const quarantine = useAct(async () => {
    await api.post('/v1/triage/reports/{id}/attachments/{attachmentId}/quarantine', { path, ...said })
    setBitmap(undefined)
    onChanged()
  })
  const destroy = useAct(async () => {
    await api.delete('/v1/triage/reports/{id}/attachments/{attachmentId}', { path, reason })
    form.done({ reason: '' })
    onChanged()
  })
  const takeBack = useAct(async () => {
    await api.delete('/v1/triage/reports/{id}/attachments/{attachmentId}/destruction', { path, ...said })
    onChanged()
  })
  const { quarantined, destruction } = image
  const isOwn = destruction?.by.id === me.value?.id
  return (
    <div class="s-thing" data-image={image.id}>
      <p class="s-byline">
        {image.mediaType}, {Math.ceil(image.bytes / 1024)} KB, {dayOf(image.receivedOn)}{' '}
        {quarantined && <Badge tone="red">{texts.quarantined}</Badge>}
      </p>
      <Problem error={look.error ?? quarantine.error ?? destroy.error ?? takeBack.error} />
      {bitmap !== undefined && <Canvas bitmap={bitmap} />}
      {destruction !== undefined && (
        <p class="s-clash">
          {say(texts.destruction, { name: destruction.by.name, day: dayOf(destruction.lapsesOn) })}
        </p>
      )}
      <TextField label={words.reason} value={reason} onInput={(value) => form.set('reason', value)} />
      {!quarantined && bitmap === undefined && (
        <Button isBusy={look.isBusy} onClick={() => void look.run()}>
          {texts.show}
        </Button>
      )}{' '}
      {!quarantined && (
        <Button kind="warning" isBusy={quarantine.isBusy} onClick={() => void quarantine.run()}>
          {texts.quarantine}
        </Button>
      )}
      {quarantined && may('attachments.destroy') && (
        <Button
          kind="warning"
          isBusy={destroy.isBusy}
          whyNot={isOwn ? texts.own : reason.trim() === '' ? texts.reasonNeeded : undefined}
          onClick={() => void destroy.run()}
        >
          {destruction === undefined ? texts.destroy : texts.confirmDestroy}
        </Button>
      )}
      {destruction !== undefined && may('attachments.destroy') && (
        <Button isBusy={takeBack.isBusy} onClick={() => void takeBack.run()}>
          {texts.takeBack}
        </Button>
      )}
    </div>
  )
}

/** Drawn, so that there is no address of it, no file of it, and nothing of it in a cache; blurred until asked again. */
function Canvas({ bitmap }: { bitmap: ImageBitmap }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isClear, setClear] = useState(false)
  useEffect(() => {
    const scale = Math.min(1, 900 / bitmap.width)
    if (canvas.current === null) return
    canvas.current.width = Math.round(bitmap.width * scale)
    canvas.current.height = Math.round(bitmap.height * scale)
    canvas.current.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.current.width, canvas.current.height)
  }, [bitmap])
  return (
    <div class="s-picture">
      <canvas
        ref={canvas}
        class={isClear ? undefined : 's-blurred'}
        role="img"
        aria-label={isClear ? texts.clear : texts.blurred}
      />
      <Button onClick={() => setClear(!isClear)}>{isClear ? texts.blur : texts.unblur}</Button>
    </div>
  )
}
