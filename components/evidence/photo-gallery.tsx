import type { DeliveryEvidence, PhotoView, PictureFormat } from '@/lib/evidence/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** Two beside each other from a tablet on; the whole width of a phone. */
const SIZES = '(min-width: 62rem) 22rem, (min-width: 40rem) 45vw, 92vw'
/** The first two may be seen without scrolling. */
const AT_ONCE = 2

/** The photos of a delivery that may be shown, or why there are none. */
export function PhotoGallery({ locale, evidence: { photos, hasWithdrawnPhotos } }: { locale: Locale; evidence: DeliveryEvidence }) {
  const t = translator(locale, 'evidence')
  return (
    <section className="sec">
      <h2 className="head2">{t('photos')}</h2>
      {photos.length === 0 ? (
        <p>{t(hasWithdrawnPhotos ? 'withdrawnPhotos' : 'noPhotos')}</p>
      ) : (
        <>
          <ul className="photos">
            {photos.map((photo, index) => (
              <li key={photo.key}>
                <Photo photo={photo} isLater={index >= AT_ONCE} />
              </li>
            ))}
          </ul>
          <p className="small quiet near3">{t('photosNote')}</p>
          {hasWithdrawnPhotos && <p className="small quiet near3">{t('withdrawnPhotos')}</p>}
        </>
      )}
    </section>
  )
}

/** Pictures of a campaign, beside its story; nothing where there are none. */
export function CampaignPictures({ pictures }: { pictures: PhotoView[] }) {
  if (pictures.length === 0) return null
  return (
    <ul className="photos near2">
      {pictures.map((picture) => (
        <li key={picture.key}>
          <Photo photo={picture} isLater />
        </li>
      ))}
    </ul>
  )
}

function Photo({ photo: { alt, width, height, forms }, isLater }: { photo: PhotoView; isLater: boolean }) {
  const setOf = (format: PictureFormat) => forms[format].map((form) => `${form.path} ${form.width}w`).join(', ')
  return (
    <picture>
      <source type="image/avif" srcSet={setOf('avif')} sizes={SIZES} />
      <source type="image/webp" srcSet={setOf('webp')} sizes={SIZES} />
      <img src={forms.jpeg[0]?.path} alt={alt} width={width} height={height} loading={isLater ? 'lazy' : undefined} decoding="async" />
    </picture>
  )
}
