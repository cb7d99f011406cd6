export const certificate = {
  title: 'Giấy cảm ơn',
  thanks: 'Trân trọng cảm ơn',
  gave: 'đã ủng hộ',
  gaveGoods: 'đã ủng hộ bằng hiện vật, dịch vụ',
  words: '{words} đồng',
  item: '{units} {unit} · {item}',
  for: 'cho chiến dịch',
  received: '{commune}. Quỹ nhận ngày {day}.',
  follow: 'Quét mã để theo từng đồng của khoản này đến tay trẻ em.',
  note: 'Giấy này để cảm ơn, không thay chứng từ thuế.',
  sample: 'Bản mẫu, dựng từ dữ liệu mẫu. Không có khoản tiền nào được chuyển.',
  link: 'Tải giấy cảm ơn (PDF)',
}
