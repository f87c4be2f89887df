"""What columns and lines of bookings are called, in the languages that calendars are kept in."""

import re

from kiosk.booked import rows_read as found
from kiosk.languages.pinyin import fold

_WORDS = {
    found.TIME: (
        "time start start_time begin begins from appointment_time appointment start_date_time"
        " 时间 预约时间 就诊时间 开始时间 开始 时段"
        " 時間 預約時間 開始時間 予約時間 開始時刻 시간 예약시간"
        " uhrzeit zeit beginn termin heure heure_de_début début hora hora_de_inicio inicio"
    ),
    found.DATE: (
        "date day appointment_date start_date 日期 预约日期 就诊日期 开始日期 预约日"
        " 預約日期 就診日期"
        " 日付 予約日 날짜 예약일 datum tag jour fecha día"
    ),
    found.NAME: (
        "name patient patient_name patients_name full_name client client_name customer"
        " 姓名 患者 患者姓名 病人 病人姓名 客户 客户姓名 客户名称 名字 预约人 客戶 客戶姓名 預約人"
        " 氏名 お名前 患者名 이름 성명 환자 환자명"
        " patientin nom_complet nom_et_prénom paciente nombre_completo"
    ),
    found.SURNAME: "last_name surname family_name 姓 姓氏 성 nachname nom apellido apellidos",
    found.GIVEN: "first_name given_name 名 vorname prénom nombre",
    found.PHONE: (
        "phone phone_number tel telephone mobile mobile_phone cell cell_phone contact_number"
        " 电话 手机 手机号 手机号码 电话号码 联系电话 联系方式"
        " 電話 手機 手機號碼 電話番号 携帯 전화"
        " 전화번호 휴대폰 telefon handy téléphone portable teléfono móvil"
    ),
    found.SERVICE: (
        "service treatment type appointment_type reason 项目 服务 服务项目 治疗 治疗项目"
        " 预约项目 科室"
        " 項目 服務 服務項目 施術 メニュー 診療"
        " 서비스 진료 항목 leistung behandlung prestation soin"
        " servicio tratamiento"
    ),
    found.PRACTITIONER: (
        "practitioner doctor therapist provider physician staff with"
        " 医生 医师 治疗师 理疗师 大夫 专家 医生姓名 醫生 醫師 治療師 担当 担当者 施術者 의사 담당"
        " arzt ärztin behandler therapeut praticien médecin médico terapeuta"
    ),
    found.LOCATION: (
        "location branch clinic site place 地点 门店 分店 诊所 院区 地點 門店 診所 院區 場所 店舗"
        " 지점 장소 standort lieu centro lugar"
    ),
    found.REF: (
        "id booking_id appointment_id booking_number booking_no appointment_no reference ref uid"
        " 编号 预约号 预约编号 预约单号 订单号 編號 預約號 予約番号 예약번호 buchungsnummer"
    ),
    found.STATUS: "status state 状态 预约状态 狀態 預約狀態 状況 상태 statut estado",
}
_CANCELLED = (
    "cancelled canceled cancel 取消 已取消 作废 已作废 キャンセル 취소 storniert abgesagt annulé"
    " cancelado anulado"
)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


_FIELDS = {_key(word): field for field, words in _WORDS.items() for word in words.split()}
_GONE = frozenset(_key(word) for word in _CANCELLED.split())


def field_of(title: str) -> str:
    """Which of `found.FIELDS` a column or line of that title is, "" for one nobody needs."""
    return _FIELDS.get(_key(title), "")


def is_cancelled(status: str) -> bool:
    """Whether a status says that a booking does not hold any more."""
    return _key(status) in _GONE
