import type { Words } from '../../plans/model'

/** How the part that others already meet is told. `covered`, `total` and `source` come from the need. */
export const COVERED: Words[] = [
  {
    vi: 'Cả năm học cần {total}. {source} đã lo {covered}, nên chiến dịch này chỉ xin phần còn lại.',
    en: 'The school year needs {total}, of which {covered} come from {source}. This campaign asks only for the rest.',
  },
  {
    vi: 'Trước khi mở chiến dịch, Quỹ đối chiếu với các nguồn khác: {source} nhận {covered}. Phần đó đã được trừ ra.',
    en: 'Before this campaign opened, the Fund compared with other sources and deducted {covered}, which come from {source}.',
  },
  {
    vi: 'Không em nào nhận hai lần cùng một thứ. Trong {total} đã báo lên, {covered} do {source} đáp ứng.',
    en: 'Nobody receives the same thing twice. Of {total} that were reported, {covered} come from {source}.',
  },
  {
    vi: '{source} cũng góp vào việc này, với {covered}. Dự toán dưới đây không tính phần ấy.',
    en: 'Part of this comes from elsewhere: {covered}, from {source}. The budget below leaves that part out.',
  },
]

/** How a campaign that stands alone says so. */
export const UNCOVERED: Words[] = [
  {
    vi: 'Đến ngày mở chiến dịch, chưa có nguồn nào khác nhận phần này.',
    en: 'When this campaign opened, no other source had taken on this part.',
  },
  {
    vi: 'Quỹ đã hỏi ngân sách, Mặt trận Tổ quốc và các tổ chức đang làm việc tại địa phương: năm nay chưa nơi nào có khoản cho việc này.',
    en: 'The Fund asked the state budget, the Fatherland Front and the organisations at work there: none has money for this in this year.',
  },
  {
    vi: 'Khoản này nằm ngoài các chương trình của nhà nước, nên năm nay chỉ trông vào tiền ủng hộ.',
    en: 'State programmes do not cover this, so this year it rests on gifts alone.',
  },
  {
    vi: 'Bảng nhu cầu công bố năm nay cho thấy phần này chưa ai nhận. Nếu có nguồn khác, số tiền cần sẽ được giảm và ghi lại ở đây.',
    en: 'The needs published this year show that nobody has taken this on. If another source appears, the sum will be lowered and the change noted here.',
  },
  {
    vi: 'Báo giá của ba nơi được so trước khi lập dự toán. Chưa có cơ quan hay tổ chức nào khác tham gia phần này.',
    en: 'Offers of three suppliers were compared before the budget was made. No other agency or organisation takes part so far.',
  },
]

export const EMERGENCY: Words = {
  vi: 'Mưa lũ đầu tháng làm ngập nhà ở {villages}. Sách vở, quần áo đi học của {children} em không dùng lại được; trường đã dọn bùn xong và mở cửa trở lại. Đây là cuộc vận động theo Nghị định 93/2021/NĐ-CP: tiền chuyển đến sau ngày kết thúc sẽ được trả lại.',
  en: 'Floods at the beginning of the month entered homes in {villages}. Books and school clothes of {children} pupils are lost; the school has cleared the mud and opened again. This is an appeal under Decree 93/2021: money that comes after the closing day is returned.',
}

export const OVERFLOW: Words = {
  vi: 'Tiền đến khi đã đủ mục tiêu dùng cho cùng nhu cầu của xã. Phần còn lại lúc chiến dịch hoàn thành, và tiền đến sau đó, vào quỹ chung của {fund}.',
  en: 'Money that comes after the goal is reached is used for the same need of the commune. What is left when the campaign is complete, and money that comes later, goes to the general pot of the {fund}.',
}

export const OVERFLOW_EMERGENCY: Words = {
  vi: 'Tiền đến trước ngày kết thúc ở lại dòng tiền này. Tiền chuyển sau ngày kết thúc được trả lại người gửi, theo Nghị định 93/2021/NĐ-CP.',
  en: 'Money that comes by the closing day stays on this line. Money sent after the closing day is returned to the sender, under Decree 93/2021.',
}

/** Public reasons of the steps of a campaign. */
export const REASONS: Record<'in_review' | 'open' | 'delivering' | 'complete', Words> = {
  in_review: { vi: 'Gửi duyệt', en: 'Sent for review' },
  open: { vi: 'Đã đối chiếu nhu cầu và dự toán', en: 'Need and budget were checked' },
  delivering: { vi: 'Đủ tiền, bắt đầu mua sắm theo dự toán', en: 'Fully funded; buying begins as budgeted' },
  complete: { vi: 'Đã làm xong mọi mục trong dự toán', en: 'Every item of the budget is done' },
}

export const CLOSING_REASONS: Words[] = [
  {
    vi: 'Một chương trình của ngân sách nhà nước đã nhận toàn bộ phần việc này. Số tiền đã nhận chờ chuyển sang cùng loại nhu cầu của xã.',
    en: 'A programme of the state budget has taken on all of this. The money received waits to be moved to the same kind of need in the commune.',
  },
  {
    vi: 'Hết hạn của cuộc vận động khẩn cấp. Số tiền nhận trước hạn được giữ trên dòng tiền này.',
    en: 'The emergency appeal has reached its closing day. What came before it is kept on this line.',
  },
  {
    vi: 'Xã đề nghị dừng vì điểm trường được dồn về trường chính. Số tiền đã nhận chờ chuyển sang bữa ăn của xã.',
    en: 'The commune asked to stop because the school site moves to the main school. The money received waits to be moved to meals in the commune.',
  },
]
