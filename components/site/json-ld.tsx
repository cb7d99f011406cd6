import { dataText, type StructuredData } from './structured-data'

/** A block of data for programs. Browsers run nothing of it, so the security policy has nothing to allow. */
export function JsonLd({ data }: { data: readonly StructuredData[] }) {
  return <script type="application/ld+json">{dataText(data)}</script>
}
