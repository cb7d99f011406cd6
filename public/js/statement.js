// Shows how far a file is without loading the page again, until there is something to decide.
const place = document.getElementById('tien-do')

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } })
    const there = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('tien-do')
    if (!answer.ok || !there) return location.reload()
    if (!there.dataset.again) return location.reload()
    place.replaceChildren(...there.childNodes)
  } catch {
    // Without a connection the next look may have one.
  }
  setTimeout(look, Number(place.dataset.again) * 1_000)
}

if (place?.dataset.again) setTimeout(look, Number(place.dataset.again) * 1_000)
