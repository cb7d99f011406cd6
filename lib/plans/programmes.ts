import type { ProgrammeData } from './model'

const DECISION_588 = {
  vi: 'Quyết định số 588/QĐ-TTg ngày 17/5/2019 của Thủ tướng Chính phủ phê duyệt Đề án vận động nguồn lực xã hội hỗ trợ trẻ em các xã đặc biệt khó khăn thuộc vùng dân tộc thiểu số và miền núi giai đoạn 2019–2025',
  en: 'Decision 588/QĐ-TTg of 17 May 2019 of the Prime Minister, approving the scheme to mobilise social resources for children in extremely difficult ethnic-minority and mountain communes, 2019–2025',
}

/** The two plans, with every target they name. A target without a percentage is one for which the plan gives none. */
export const PROGRAMMES: ProgrammeData[] = [
  {
    slug: 'ke-hoach-ha-noi-2019-2025',
    fundSlug: 'ha-noi',
    title: {
      vi: 'Kế hoạch thực hiện Đề án vận động nguồn lực xã hội hỗ trợ trẻ em các xã thuộc vùng dân tộc thiểu số và miền núi giai đoạn 2019–2025 trên địa bàn thành phố Hà Nội',
      en: 'Plan of Hà Nội to mobilise social resources for children in ethnic-minority and mountain communes, 2019–2025',
    },
    // The public text of the plan carries neither its number nor its day.
    decisionNumber: null,
    decidedOn: null,
    legalBasis: DECISION_588,
    periodFrom: 2019,
    periodTo: 2025,
    reportsBy: '11-30',
    targets: [
      {
        text: {
          vi: 'Trẻ em lứa tuổi mầm non, tiểu học được cải thiện tình trạng sức khỏe, dinh dưỡng thông qua tư vấn, khám chữa bệnh và hỗ trợ bữa ăn dinh dưỡng',
          en: 'Pre-school and primary children have better health and nutrition through counselling, examination and treatment, and nutritious meals',
        },
        percent: 100,
      },
      {
        text: {
          vi: 'Trẻ em có hoàn cảnh đặc biệt, nguy cơ rơi vào hoàn cảnh đặc biệt được hỗ trợ đồ ấm khi có nhu cầu',
          en: 'Children in special circumstances, or at risk of them, receive warm clothes whenever they need them',
        },
        percent: 100,
      },
      {
        text: {
          vi: 'Trẻ em được tham gia hoạt động văn hóa, vui chơi, giải trí',
          en: 'Children take part in culture, play and recreation',
        },
        percent: 100,
      },
      {
        text: {
          vi: 'Trẻ em được truyền thông, tập huấn các nội dung về kỹ năng sống; phòng, chống tai nạn thương tích; phòng, chống xâm hại trẻ em thông qua gia đình, nhà trường và cộng đồng',
          en: 'Children learn life skills, injury prevention and protection from abuse, through family, school and community',
        },
        percent: 100,
      },
      {
        text: {
          vi: 'Trẻ em được trợ giúp pháp lý miễn phí khi có yêu cầu',
          en: 'Children receive free legal aid whenever they ask for it',
        },
        percent: 100,
      },
    ],
  },
  {
    slug: 'ke-hoach-372-ninh-thuan-2019-2025',
    fundSlug: 'ninh-thuan',
    title: {
      vi: 'Kế hoạch triển khai thực hiện Đề án vận động nguồn lực xã hội hỗ trợ trẻ em các xã đặc biệt khó khăn vùng dân tộc thiểu số và miền núi tỉnh Ninh Thuận giai đoạn 2019–2025',
      en: 'Plan of Ninh Thuận to mobilise social resources for children in extremely difficult ethnic-minority and mountain communes, 2019–2025',
    },
    decisionNumber: '372/KH-UBND',
    decidedOn: '2019-09-03',
    legalBasis: DECISION_588,
    periodFrom: 2019,
    periodTo: 2025,
    reportsBy: '12-30',
    targets: [
      {
        text: {
          vi: 'Cải thiện tình trạng sức khỏe, dinh dưỡng của trẻ em thông qua khám chữa bệnh, hỗ trợ bữa ăn dinh dưỡng cho trẻ em lứa tuổi mầm non, tiểu học',
          en: 'Better health and nutrition of children, through examination and treatment, and nutritious meals for pre-school and primary children',
        },
        percent: null,
      },
      {
        text: {
          vi: 'Hỗ trợ trẻ em được tham gia hoạt động văn hóa, vui chơi, giải trí',
          en: 'Children are helped to take part in culture, play and recreation',
        },
        percent: null,
      },
      {
        text: {
          vi: 'Hỗ trợ học bổng, sách vở, quần áo cho trẻ em',
          en: 'Scholarships, books and clothes for children',
        },
        percent: null,
      },
    ],
  },
]
