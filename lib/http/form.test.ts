import { describe, expect, it } from 'vitest'
import { cookie, readForm, seeOther } from './form'

const post = (body: BodyInit, type?: string) =>
  new Request('http://site/x', { method: 'POST', body, ...(type ? { headers: { 'content-type': type } } : {}) })

describe('readForm', () => {
  it('reads urlencoded fields, the last of a name, without NUL', async () => {
    expect(await readForm(post('a=1&b=%C3%81o%20%E1%BA%A5m&a=2%00', 'application/x-www-form-urlencoded'))).toEqual({
      ok: true,
      value: { a: '2', b: 'Áo ấm' },
    })
  })

  it('takes the names of what every object has for names of fields', async () => {
    const form = await readForm(post('__proto__=x&constructor=y&__proto__[a]=z', 'application/x-www-form-urlencoded'))
    expect(form).toMatchObject({ ok: true, value: { constructor: 'y' } })
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false)
  })

  it('reads multipart fields and leaves files out', async () => {
    const form = new FormData()
    form.set('name', 'Lan')
    form.set('file', new Blob(['x']), 'x.txt')
    expect(await readForm(post(form))).toEqual({ ok: true, value: { name: 'Lan' } })
  })

  it('refuses what is too long, however it is sent', async () => {
    expect(await readForm(post(`a=${'x'.repeat(20_000)}`, 'application/x-www-form-urlencoded'))).toEqual({
      ok: false,
      refusal: 'too_large',
    })
    const stream = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 20; part++) controller.enqueue(new Uint8Array(1_000).fill(97))
        controller.close()
      },
    })
    const request = new Request('http://site/x', {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    } as RequestInit)
    expect(await readForm(request)).toEqual({ ok: false, refusal: 'too_large' })
  })

  it('refuses what is no form', async () => {
    expect(await readForm(post('{}', 'application/json'))).toEqual({ ok: false, refusal: 'not_a_form' })
    expect(await readForm(post('--x', 'multipart/form-data; boundary=y'))).toEqual({ ok: false, refusal: 'not_a_form' })
    expect(await readForm(new Request('http://site/x', { method: 'POST' }))).toEqual({ ok: false, refusal: 'not_a_form' })
  })
})

describe('seeOther', () => {
  it('carries every cookie by itself', () => {
    const one = cookie('a', '1', { path: '/', maxAgeSeconds: 60, isSecure: true })
    const response = seeOther('/theo-doi/TD', [one, cookie('b', '', { path: '/x', maxAgeSeconds: 0, isSecure: false })])
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/theo-doi/TD')
    expect(response.headers.getSetCookie()).toEqual([
      '__Secure-a=1; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
      'b=; Path=/x; Max-Age=0; HttpOnly; SameSite=Lax',
    ])
  })
})
