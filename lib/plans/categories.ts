import type { CategoryData } from './model'

/**
 * Every kind of help the two plans name, in the order of the site. Standards name a regulation only where one plainly
 * governs the goods; elsewhere they say in plain words what must be right before money is spent.
 */
export const CATEGORIES: CategoryData[] = [
  {
    key: 'bua-an',
    name: { vi: 'Bữa ăn dinh dưỡng', en: 'Nutritious meals' },
    unit: { vi: 'bữa trưa', en: 'lunches' },
    about: {
      vi: 'Bữa trưa tại điểm trường cho trẻ mầm non và tiểu học nhà xa, để các em ở lại học cả ngày. Thực đơn đổi theo tuần, đủ bốn nhóm chất.',
      en: 'Lunch at the school site for pre-school and primary children who live far away, so that they can stay for the whole day. The menu changes weekly and covers the four food groups.',
    },
    standard: {
      vi: 'Thực phẩm có nguồn gốc rõ ràng, kiểm thực ba bước, lưu mẫu 24 giờ; khẩu phần theo hướng dẫn dinh dưỡng của ngành y tế.',
      en: 'Food of known origin, checked in three steps, samples kept for 24 hours; portions as the health service advises.',
    },
    leadAgency: 'education',
    isPerChild: false,
  },
  {
    key: 'ao-am',
    name: { vi: 'Áo ấm', en: 'Warm clothes' },
    unit: { vi: 'bộ đồ ấm', en: 'sets of warm clothes' },
    about: {
      vi: 'Áo khoác, mũ, tất theo độ tuổi, trao trước mùa rét cho trẻ em có hoàn cảnh đặc biệt và trẻ em có nguy cơ rơi vào hoàn cảnh đặc biệt.',
      en: 'Coats, hats and socks by age, handed over before the cold season to children in special circumstances and children at risk of them.',
    },
    standard: {
      vi: 'Hàng mới, đúng cỡ từng lứa tuổi; vải đạt QCVN 01:2017/BCT về formaldehyt và amin thơm; có phiếu kiểm hàng khi nhận.',
      en: 'New and in the right size for each age; fabric that meets QCVN 01:2017/BCT on formaldehyde and aromatic amines; checked on receipt.',
    },
    leadAgency: 'ethnic',
    isPerChild: false,
  },
  {
    key: 'suc-khoe',
    name: { vi: 'Khám và chữa bệnh', en: 'Health checks and treatment' },
    unit: { vi: 'lượt khám', en: 'health checks' },
    about: {
      vi: 'Khám sức khỏe định kỳ, khám răng và mắt, thuốc và điều trị ban đầu tại trường hoặc trạm y tế; dụng cụ để trạm y tế khám được cho trẻ em.',
      en: 'Regular check-ups, teeth and eyes, medicine and first treatment at the school or the health station; instruments a station needs to examine children.',
    },
    standard: {
      vi: 'Do cơ sở có giấy phép hoạt động và người có chứng chỉ hành nghề khám; thuốc và thiết bị được phép lưu hành; kết quả chỉ gia đình và trạm y tế biết.',
      en: 'Done by a licensed facility and licensed practitioners; medicine and devices approved for circulation; results known only to the family and the health station.',
    },
    leadAgency: 'health',
    isPerChild: false,
  },
  {
    key: 'hoc-bong',
    name: { vi: 'Học bổng', en: 'Scholarships' },
    unit: { vi: 'suất học bổng', en: 'scholarships' },
    about: {
      vi: 'Học bổng theo học kỳ cho học sinh hộ nghèo, cận nghèo, để việc học không bị ngắt quãng. Tiêu chí xét công khai tại xã, tên các em thì không.',
      en: 'Scholarships by term for pupils of poor and near-poor households, so that schooling is not interrupted. The criteria are public in the commune; the names of the pupils are not.',
    },
    standard: {
      vi: 'Hội đồng xét ở xã, trường và đoàn thể cùng ký; chuyển đủ suất, không trừ khoản nào; người giám hộ ký nhận.',
      en: 'Chosen and signed by a committee of commune, school and associations; paid in full with nothing deducted; the guardian signs for it.',
    },
    leadAgency: 'education',
    isPerChild: false,
  },
  {
    key: 'sach-vo',
    name: { vi: 'Sách vở, đồ dùng, quần áo', en: 'Books, supplies and clothes' },
    unit: { vi: 'bộ đồ dùng', en: 'sets of supplies' },
    about: {
      vi: 'Sách giáo khoa, vở, đồ dùng học tập và quần áo đi học, trao trước ngày tựu trường hoặc khi đồ cũ bị hư hỏng.',
      en: 'Textbooks, notebooks, school supplies and school clothes, handed over before term begins or when the old ones were damaged.',
    },
    standard: {
      vi: 'Sách thuộc bộ sách trường đang dạy; vở và đồ dùng mới, có nguồn gốc; quần áo đạt QCVN 01:2017/BCT.',
      en: 'Textbooks of the series the school teaches; new notebooks and supplies of known origin; clothes that meet QCVN 01:2017/BCT.',
    },
    leadAgency: 'education',
    isPerChild: false,
  },
  {
    key: 'thiet-bi',
    name: { vi: 'Thiết bị dạy học', en: 'Teaching equipment' },
    unit: { vi: 'bộ thiết bị', en: 'sets of equipment' },
    about: {
      vi: 'Bảng, tủ sách, máy chiếu, bộ thí nghiệm và đồ dùng dạy học cho các điểm trường còn thiếu so với danh mục tối thiểu.',
      en: 'Boards, book cupboards, projectors, experiment kits and teaching aids for school sites that lack part of the minimum list.',
    },
    standard: {
      vi: 'Thuộc danh mục thiết bị dạy học tối thiểu của Bộ Giáo dục và Đào tạo cho cấp học; còn bảo hành, có người của trường được hướng dẫn dùng.',
      en: 'On the minimum list of the Ministry of Education and Training for that level; under warranty, with a person at the school trained to use it.',
    },
    leadAgency: 'education',
    isPerChild: false,
  },
  {
    key: 'san-choi',
    name: { vi: 'Sân chơi', en: 'Playgrounds' },
    unit: { vi: 'sân chơi', en: 'playgrounds' },
    about: {
      vi: 'Sân chơi ở trường và ở thôn: thiết bị leo trèo, xích đu, cầu trượt, nền an toàn. Thôn cùng chọn chỗ và nhận trông coi.',
      en: 'Playgrounds at schools and in hamlets: climbing frames, swings, slides, a safe surface. The hamlet helps choose the place and looks after it.',
    },
    standard: {
      vi: 'Thiết bị đạt TCVN 12721 về an toàn thiết bị sân chơi; nghiệm thu trước khi mở cửa, kiểm tra mỗi quý.',
      en: 'Equipment that meets TCVN 12721 on the safety of playground equipment; accepted before opening, inspected every quarter.',
    },
    leadAgency: 'culture',
    isPerChild: false,
  },
  {
    key: 'van-hoa',
    name: { vi: 'Văn hóa, thể thao', en: 'Culture and sport' },
    unit: { vi: 'buổi sinh hoạt', en: 'sessions' },
    about: {
      vi: 'Lớp nhạc cụ, múa, dệt, bóng đá, cờ, hội thi và buổi chiếu phim ở nhà văn hóa thôn, do người trong xã cùng tổ chức.',
      en: 'Classes in music, dance and weaving, football, chess, contests and film evenings in hamlet culture houses, run together with people of the commune.',
    },
    standard: {
      vi: 'Người hướng dẫn có tên trong kế hoạch được xã duyệt; dụng cụ mới, phù hợp lứa tuổi; đồ chơi đạt QCVN 03:2019/BKHCN.',
      en: 'Instructors named in a plan the commune approved; new equipment that suits the age; toys that meet QCVN 03:2019/BKHCN.',
    },
    leadAgency: 'culture',
    isPerChild: false,
  },
  {
    key: 'ky-nang',
    name: { vi: 'Kỹ năng sống', en: 'Life skills' },
    unit: { vi: 'buổi tập huấn', en: 'training sessions' },
    about: {
      vi: 'Tập huấn phòng, chống xâm hại, đuối nước và tai nạn thương tích cho trẻ em, cha mẹ và thầy cô; học bơi an toàn.',
      en: 'Training against abuse, drowning and injury for children, parents and teachers; lessons in safe swimming.',
    },
    standard: {
      vi: 'Tài liệu được ngành y tế hoặc giáo dục thẩm định; người dạy được tập huấn về bảo vệ trẻ em; luôn có hai người lớn trong mỗi buổi.',
      en: 'Material reviewed by the health or education service; instructors trained in child protection; always two adults in each session.',
    },
    leadAgency: 'education',
    isPerChild: false,
  },
  {
    key: 'hoc-nghe',
    name: { vi: 'Học nghề', en: 'Vocational training' },
    unit: { vi: 'suất học nghề', en: 'training places' },
    about: {
      vi: 'Hướng nghiệp và học nghề cho các em từ 15 tuổi thuộc hộ nghèo: học phí, dụng cụ, tiền ăn và đi lại trong khóa học.',
      en: 'Career advice and vocational training for young people from 15 in poor households: fees, tools, food and travel during the course.',
    },
    standard: {
      vi: 'Cơ sở giáo dục nghề nghiệp có đăng ký; nghề không thuộc danh mục cấm với người chưa thành niên; cấp chứng chỉ khi học xong.',
      en: 'A registered vocational school; a trade not forbidden to minors; a certificate at the end.',
    },
    leadAgency: 'education',
    isPerChild: false,
  },
  {
    key: 'phap-ly',
    name: { vi: 'Trợ giúp pháp lý', en: 'Legal aid' },
    unit: { vi: 'buổi tư vấn', en: 'legal aid sessions' },
    about: {
      vi: 'Buổi tìm hiểu pháp luật và tư vấn ngay tại trường; giúp làm giấy khai sinh, hộ tịch; trợ giúp pháp lý miễn phí khi trẻ em hoặc gia đình yêu cầu.',
      en: 'Sessions on the law and advice at the school itself; help with birth and civil status papers; free legal aid when a child or family asks for it.',
    },
    standard: {
      vi: 'Do trợ giúp viên pháp lý hoặc luật sư thực hiện theo Luật Trợ giúp pháp lý 2017; nội dung từng vụ việc được giữ kín.',
      en: 'Given by legal aid officers or lawyers under the Law on Legal Aid 2017; each case is confidential.',
    },
    leadAgency: 'justice',
    isPerChild: false,
  },
  {
    key: 'phau-thuat',
    name: { vi: 'Phẫu thuật, phục hồi chức năng', en: 'Surgery and rehabilitation' },
    unit: { vi: 'ca hỗ trợ', en: 'cases' },
    about: {
      vi: 'Phẫu thuật, chỉnh hình và phục hồi chức năng cho trẻ em có hoàn cảnh đặc biệt. Mỗi ca là một em, nên chỉ công bố ở mức toàn quỹ.',
      en: 'Surgery, orthopaedics and rehabilitation for children in special circumstances. Each case is one child, so figures are published only for the whole fund.',
    },
    standard: {
      vi: 'Bệnh viện đủ điều kiện thực hiện kỹ thuật, có hội chẩn; gia đình đồng ý bằng văn bản; phần bảo hiểm y tế trả được trừ trước.',
      en: 'A hospital qualified for the procedure, after consultation; written consent of the family; what health insurance pays is deducted first.',
    },
    leadAgency: 'health',
    isPerChild: true,
  },
  {
    key: 'do-dau',
    name: { vi: 'Nhận đỡ đầu', en: 'Sponsorship' },
    unit: { vi: 'năm đỡ đầu', en: 'years of sponsorship' },
    about: {
      vi: 'Hỗ trợ đều đặn cho một em tới hết cấp học. Người đỡ đầu nhận tin về việc học qua Quỹ, không nhận thông tin riêng của em.',
      en: 'Steady support for one child until the end of a school level. The sponsor hears about the schooling through the Fund and receives no private data of the child.',
    },
    standard: {
      vi: 'Gia đình đồng ý bằng văn bản và có thể dừng bất cứ lúc nào; tiền chuyển qua Quỹ; không gặp riêng, không trao đổi ảnh.',
      en: 'Written consent of the family, who may stop at any time; money goes through the Fund; no meetings alone and no exchange of photos.',
    },
    leadAgency: 'labour',
    isPerChild: true,
  },
]
