import type { components } from '../../client/src/index.ts'
import { dayOf, namesOf, words } from '../state/words.ts'
import { GradeLine } from './grade.tsx'
import { Badge, Facts } from './small.tsx'
import { Text } from './text.tsx'

type Dissemination = components['schemas']['Dissemination']

const { product: texts } = words

/** A product as the agency reads it, with its caveat and its handling; printed, it carries its marking. */
export function Product({ product }: { product: Dissemination }) {
  return (
    <article class="s-product">
      <p class="s-marking s-marking--print">{words.marking}</p>
      <p class="s-caveat">{product.caveat}</p>
      <Facts
        rows={[
          [texts.purpose, product.purpose && <Text text={product.purpose} isInline />],
          [texts.gateway, product.gateway && namesOf.gateway[product.gateway]],
          [texts.basis, product.basis && namesOf.basis[product.basis]],
          [texts.use, product.leadOrInformation && texts.uses[product.leadOrInformation]],
          [texts.due, product.due && dayOf(product.due)],
        ]}
      />
      {product.sealed !== undefined && <p class="s-inset">{texts.sealed}</p>}
      {product.items?.map((item) => (
        <section class="s-thing" key={item.sha256}>
          <h4 class="govuk-heading-s">
            <Text text={item.title} isInline />
          </h4>
          <p>
            <Badge>{words.report.items.kinds[item.kind]}</Badge>
            <GradeLine grade={item.grade} />
          </p>
          <Text text={item.text} />
        </section>
      ))}
    </article>
  )
}
