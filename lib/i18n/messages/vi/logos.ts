/** The console's room of logos. */
export const logos = {
  title: 'Biểu trưng',
  lead: 'Biểu trưng đứng cạnh tên tổ chức ở trang ghi nhận, khi người thứ hai cho đăng, và chỉ khi tên còn được hiện.',
  none: 'Chưa có biểu trưng nào.',
  nameless: 'Tổ chức hiện không hiện tên',
  alt: 'Biểu trưng của {name}',
  noOrganisations: 'Quỹ chưa ghi nhận tổ chức nào bằng tên.',
  add: 'Thêm biểu trưng',
  organisation: 'Tổ chức',
  organisationHint: 'Những tổ chức quỹ đang ghi nhận bằng tên.',
  file: 'Biểu trưng',
  fileHint: 'JPEG, PNG hoặc WebP, cạnh ngắn ít nhất 48 điểm. Máy chủ thu nhỏ, đặt trên nền trắng và bỏ mọi dữ liệu kèm theo.',
  go: 'Gửi biểu trưng',
  done: {
    added: 'Đã nhận biểu trưng. Giám đốc xem rồi mới công khai.',
    released: 'Đã cho đăng. Biểu trưng trước, nếu có, đã gỡ.',
    withdrawn: 'Đã gỡ và xóa.',
  },
}
