import { describe, expect, test } from 'vitest'
import { reviewMessage, reviewName } from './text-rules'

describe('a public name', () => {
  test.each([
    'Nguyễn Văn An',
    'trần thị mai',
    'Đỗ Hoài Nam',
    'Gia đình bác Hạnh',
    'Một người ở Cần Thơ',
    'Lớp 12A',
    'Nhóm bạn cũ',
    'Anna Müller',
    'Cô giáo Lan',
    'Bé An và mẹ',
  ])('%s is shown at once', (name) => {
    expect(reviewName(name, 'person')).toBe('shown')
  })

  test.each([
    '',
    '0912345678',
    'Nguyễn Văn An 0912345678',
    'Zalo chín một hai ba bốn năm sáu bảy tám chín mười một hai',
    'https://example.com',
    'example.com',
    'an@example.com',
    'Mua hàng giá rẻ',
    'Bầu cho An',
    'Đả đảo An',
    'N g u y ễ n',
    'Ngụyễn Văn Ản',
    'Elon Tusk',
    'Ｎｇｕｙễｎ Văn An',
    '<b>An</b>',
    '😀',
    'Võ Nguyên Giáp',
    'Gia đình Hồ Chí Minh',
  ])('%s waits for staff', (name) => {
    expect(reviewName(name, 'person')).toBe('waiting')
  })

  test('of an organisation always waits', () => {
    expect(reviewName('Nguyễn Văn An', 'company')).toBe('waiting')
  })
})

describe('a message', () => {
  test.each([
    'Chúc các em mùa đông ấm áp',
    'Chúc các cháu học giỏi, khỏe mạnh.',
    'Cả lớp 5A gửi chút lòng thành',
    'Stay warm, dear friends',
    'Thương các em nhiều lắm',
  ])('%s is shown at once', (message) => {
    expect(reviewMessage(message)).toBe('shown')
  })

  test.each(['Gọi 0912 345 678', 'ghé shop abc.vn', 'Kiện quỹ này đi', 'chúc 1 2 3 4 5 6', ''])('%j waits for staff', (message) => {
    expect(reviewMessage(message)).toBe('waiting')
  })
})
