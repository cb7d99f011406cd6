import { describe, expect, test } from 'vitest'
import { ruleOf, sameCode } from './rules'

describe('a request counts', () => {
  test.each([
    ['POST', '/en/ung-ho/ao-am-ba-vi/hien-vat/gui', 'give', null],
    ['POST', '/theo-doi/TD7K4MX9Q/sua-hien-vat', 'change', 'td7k4mx9q'],
    ['GET', '/theo-doi/TD7K4MX9Q', 'follow', 'td7k4mx9q'],
    ['HEAD', '/en/theo-doi/TD7K4MX9Q?da=luu', 'follow', 'td7k4mx9q'],
    ['GET', '/theo-doi/TD7K4MX9Q/khoa', 'follow', null],
    ['GET', '/theo-doi/TD7K4MX9Q/khoa/secret', 'change', 'td7k4mx9q'],
    ['POST', '/theo-doi/TD7K4MX9Q/huy', 'change', 'td7k4mx9q'],
    ['POST', '/theo-doi/TD7K4MX9Q/gop', 'change', 'td7k4mx9q'],
    ['GET', '/minh-bach?muc=1041', 'render', null],
    ['GET', '/en/minh-bach?muc=1041_1102', 'follow', null],
    ['POST', '/en/theo-doi/TD7K4MX9Q/sua', 'change', 'td7k4mx9q'],
    ['GET', '/en/theo-doi/TD7K4MX9Q/the/xong', 'follow', null],
    ['GET', '/tra-cuu?ma=TD7K4MX9Q', 'follow', null],
    ['GET', '/api/gifts/TD7K4MX9Q', 'poll', 'td7k4mx9q'],
    ['POST', '/api/webhooks/sepay', 'webhook', null],
    ['GET', '/api/health', 'render', null],
    ['GET', '/hinh/theo-doi/td7k4mx9q.png?v=x', 'links', 'td7k4mx9q'],
    ['GET', '/en/hinh/dot-trao/2026-11-23-ba-vi-9.png', 'links', null],
    ['POST', '/ngan-hang-thu/gui', 'test-bank', null],
  ])('%s %s', (method, url, policy, code) => {
    expect(ruleOf(method, url)).toEqual({ policy, code })
  })

  test.each([
    ['POST', '/quan-tri/dang-nhap/gui', 'sign-in', null],
    ['POST', '/en/quan-tri/vao/an.0f/dang-nhap', 'sign-in', null],
    ['POST', '/quan-tri/xac-thuc/moi/gui', 'sign-in', null],
    ['GET', '/quan-tri/dang-nhap', 'console', null],
    ['POST', '/quan-tri/ha-noi/nguoi/chi-dinh', 'console', null],
    ['POST', '/ung-ho/ao-am-ba-vi/gui', 'give', null],
    ['POST', '/en/ung-ho/ao-am-ba-vi/gui?x=1', 'give', null],
    ['POST', '/%75ng-ho/ao-am-ba-vi/gui', 'give', null],
    ['POST', '//ung-ho//ao-am-ba-vi/gui/', 'give', null],
    ['POST', '/theo-doi/TD7K4MX9Q/the', 'card', 'td7k4mx9q'],
    ['POST', '/en/theo-doi/TD7K4MX9Q/the/xac-minh/gui', 'card', 'td7k4mx9q'],
    ['GET', '/en/theo-doi/TD7K4MX9Q/the/xac-minh', 'follow', 'td7k4mx9q'],
  ])('%s %s, and its handler is told the address', (method, url, policy, code) => {
    expect(ruleOf(method, url)).toEqual({ policy, code, tellsAddress: true })
  })

  test.each([
    ['GET', '/'],
    ['GET', '/ung-ho/ao-am-ba-vi'],
    ['GET', '/ung-ho/ao-am-ba-vi/gui'],
    ['GET', '/ung-ho/ao-am-ba-vi/hien-vat'],
    ['GET', '/tra-cuu'],
    ['GET', '/api/webhooks/sepay'],
    ['GET', '/%'],
  ])('%s %s under nothing', (method, url) => {
    expect(ruleOf(method, url)).toBeNull()
  })
})

test('a code in two writings is one', () => {
  expect(new Set(['TD7K4MX9Q', 'td7k4mx9q', ' td 7k4-mx9q', 'Đ'].map(sameCode))).toEqual(new Set(['TD7K4MX9Q', 'D']))
  expect(sameCode('đ')).toBe('D')
})
