'use client'

import { useParams } from 'next/navigation'
import { Crash } from '@/components/errors/crash'

/** What Next shows in a browser that runs its scripts; without them the server sends its own (lib/http/error-document). */
export default function ErrorPage() {
  const { locale } = useParams()
  return (
    <main>
      <div className="wrap">
        <Crash locale={locale === 'en' ? 'en' : 'vi'} />
      </div>
    </main>
  )
}
