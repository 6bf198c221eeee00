#include "decode/record_decoder.hpp"

#include <array>
#include <new>
#include <utility>

#include "base/invariant.hpp"
#include "base/text.hpp"
#include "decode/carrier_reader.hpp"
#include "decode/json_bytes.hpp"
#include "decode/object_reader.hpp"
#include "decode/source_buffer.hpp"
#include "decode/value_reader.hpp"

namespace fleetmeter::decode {

namespace {

static_assert(SourceBuffer::kPadding >= simdjson::SIMDJSON_PADDING,
              "the JSON library may read behind a value that ends where the buffer ends");

constexpr std::size_t kTextBlock = 256;  // as much as the attributes of most processes need

struct KnownObject {
  const char* member;
  const char* kind;
};

/// Vendor objects that are not processes, told by a member that only they have.
constexpr std::array<KnownObject, 8> kSetAside{{{"invoiceItems", "invoice_item_page"},
                                                {"amountDue", "invoice"},
                                                {"unitPrice", "invoice_item"},
                                                {"deployments", "deployment_page"},
                                                {"buildId", "deployment"},
                                                {"requestedCPU", "deployment"},
                                                {"requestedMemoryMB", "deployment"},
                                                {"requested_memory_mb", "deployment"}}};

void reject_whole(const RawValue& value, const std::string& pointer, std::uint64_t offset,
                  const std::string& reason, model::DocumentPart& part) {
  part.rejects.push_back(
      {value.offset, value.length, offset, pointer, reason, std::string(value.bytes)});
}

/// Why a record cannot be looked into at all; "" when it can.
std::string why_not_readable(const RawValue& value) {
  if (value.oversize) {
    return "the record is " + std::to_string(value.length) + " bytes long, over the limit";
  }
  if (value.too_deep) {
    return "nested deeper than 64 levels";
  }
  if (value.bytes.front() != '{') {
    return "expected a process object, found " + base::printable(value.bytes.substr(0, 60));
  }
  return "";
}

}  // namespace

/// The decoder's state: the JSON library's parser, and what reads its values and objects.
class RecordDecoder::Reader {
 public:
  Reader() = default;
  Reader(const Reader&) = delete;  // what reads objects points to what reads values
  Reader& operator=(const Reader&) = delete;

  Outcome decode(const RawValue& value, const std::string& pointer, model::DocumentPart& part,
                 SyntaxProblem& syntax);
  Carried take_carried() { return std::move(finding_.carried); }
  std::shared_ptr<const model::RoomList> decode_rooms(std::string_view bytes);
  bool decode_envelope(std::string_view text, bool is_record, model::DocumentPart& part,
                       SyntaxProblem& syntax);

 private:
  /// What one pass over an object came to.
  enum class Pass { done, not_utf8, broken };

  template <class ReadObject>
  Pass open_object(std::string_view bytes, std::uint64_t offset, const std::string& pointer,
                   model::TextArena& texts, ReadObject&& read_object);
  Outcome decode_room(const RawValue& value, const std::string& pointer, model::DocumentPart& part,
                      SyntaxProblem& syntax);
  Outcome look_inside(const RawValue& value, const std::string& pointer, model::DocumentPart& part);
  [[nodiscard]] bool is_set_aside(const RawValue& value, model::DocumentPart& part) const;
  [[nodiscard]] bool may_hold_others() const;
  [[nodiscard]] bool holds_others(const RawValue& value, model::DocumentPart& part);
  [[nodiscard]] bool is_room() const;
  [[nodiscard]] std::string why_not_a_process(const RawValue& value) const;
  void report_problems(const RawValue& value, model::DocumentPart& part);

  simdjson::ondemand::parser parser_;
  ValueReader in_;
  ObjectReader objects_{in_};
  CarrierReader carriers_{in_};
  CarrierFinding finding_;
  MendedText mended_;
};

RecordDecoder::RecordDecoder() : reader_(std::make_unique<Reader>()) {}
RecordDecoder::~RecordDecoder() = default;

RecordDecoder::Outcome RecordDecoder::decode(const RawValue& value, const std::string& pointer,
                                             model::DocumentPart& part, SyntaxProblem& syntax) {
  return reader_->decode(value, pointer, part, syntax);
}

Carried RecordDecoder::take_carried() {
  return reader_->take_carried();
}

std::shared_ptr<const model::RoomList> RecordDecoder::decode_rooms(std::string_view bytes) {
  return reader_->decode_rooms(bytes);
}

bool RecordDecoder::decode_envelope(std::string_view text, bool is_record,
                                    model::DocumentPart& part, SyntaxProblem& syntax) {
  return reader_->decode_envelope(text, is_record, part, syntax);
}

/// Passes over an object. One with bytes that no JSON text holds is mended first, so that only what
/// holds them is refused; not_utf8 when they stand outside texts.
template <class ReadObject>
RecordDecoder::Reader::Pass RecordDecoder::Reader::open_object(std::string_view bytes,
                                                               std::uint64_t offset,
                                                               const std::string& pointer,
                                                               model::TextArena& texts,
                                                               ReadObject&& read_object) {
  simdjson::ondemand::document document;
  const auto open = [&](std::string_view json) {
    in_.start(json, offset, pointer, texts);
    objects_.start();
    const simdjson::padded_string_view padded(json.data(), json.size(),
                                              json.size() + simdjson::SIMDJSON_PADDING);
    return parser_.iterate(padded).get(document);
  };
  simdjson::error_code error = open(bytes);
  const bool is_mended = error == simdjson::UTF8_ERROR || error == simdjson::UNESCAPED_CHARS;
  if (is_mended) {
    mended_ = mend(bytes);
    error = open(std::string_view(mended_.bytes).substr(0, bytes.size()));
    in_.expect_faults(mended_.faults);
  }
  if (error == simdjson::MEMALLOC) {
    throw std::bad_alloc();
  }
  JsonObject object;
  if (in_.check(error, {}) && in_.check(document.get_object().get(object), {})) {
    read_object(object);
  }
  // Without a fault there was nothing to mend: a backslash outside texts let the library see them
  // where there are none.
  if (is_mended && in_.broken() && !mended_.faults.empty()) {
    return Pass::not_utf8;
  }
  const char* stopped_at = nullptr;
  // A document that could not be opened has no place to ask for.
  if (error == simdjson::SUCCESS && in_.broken() &&
      document.current_location().get(stopped_at) == simdjson::SUCCESS) {
    in_.locate_breakage(stopped_at);
  }
  return in_.broken() ? Pass::broken : Pass::done;
}

RecordDecoder::Outcome RecordDecoder::Reader::decode(const RawValue& value,
                                                     const std::string& pointer,
                                                     model::DocumentPart& part,
                                                     SyntaxProblem& syntax) {
  base::check(!value.bytes.empty(), "a value has a byte at least");
  if (const std::string why = why_not_readable(value); !why.empty()) {
    reject_whole(value, pointer, value.offset, why, part);
    return Outcome::told;
  }
  auto texts = std::make_shared<model::TextArena>(kTextBlock);
  auto attributes = std::make_shared<model::ProcessAttributes>();
  auto process = std::make_shared<model::ProcessRecord>();
  attributes->texts = texts;
  const auto read = [&](JsonObject& object) {
    objects_.read_process(object, *attributes, *process);
  };
  Pass pass = open_object(value.bytes, value.offset, pointer, *texts, read);
  if (pass == Pass::done && (objects_.names_process() || is_room()) && may_hold_others()) {
    if (holds_others(value, part)) {
      reject_whole(value, pointer, value.offset,
                   "an id of its own beside a document with processes: is this one or several?",
                   part);
      return Outcome::told;
    }
    *attributes = {};
    *process = {};
    attributes->texts = texts;
    pass = open_object(value.bytes, value.offset, pointer, *texts, read);
  }
  if (pass == Pass::not_utf8) {
    const MendedText::Fault& fault = mended_.faults.front();
    reject_whole(value, pointer, value.offset + fault.offset, fault.reason, part);
    return Outcome::told;
  }
  if (pass == Pass::broken) {
    syntax = {in_.breakage().offset, in_.breakage().reason};
    return Outcome::broken;
  }
  if (!objects_.names_process()) {
    return is_room() ? decode_room(value, pointer, part, syntax)
                     : look_inside(value, pointer, part);
  }
  objects_.check_process(*attributes);
  report_problems(value, part);
  if (!in_.has_fatal_problems()) {
    process->attributes = std::move(attributes);
    part.placeholder_times += model::placeholder_times(*process);
    part.processes.push_back({std::move(process), objects_.counter()});
  }
  return Outcome::told;
}

/// Whether a process has a member in which log lines and wrappers carry documents.
bool RecordDecoder::Reader::may_hold_others() const {
  return in_.any_unknown([&](std::string_view name) { return carriers_.may_hold(name); });
}

bool RecordDecoder::Reader::holds_others(const RawValue& value, model::DocumentPart& part) {
  const Pass pass = open_object(value.bytes, value.offset, "", part.texts, [&](JsonObject& object) {
    finding_ = carriers_.read(object, value.bytes);
  });
  return pass == Pass::done && finding_.holds_processes;
}

bool RecordDecoder::Reader::is_room() const {
  return in_.has_unknown("roomId") || in_.has_unknown("room_id") || in_.has_unknown("RoomId");
}

RecordDecoder::Outcome RecordDecoder::Reader::decode_room(const RawValue& value,
                                                          const std::string& pointer,
                                                          model::DocumentPart& part,
                                                          SyntaxProblem& syntax) {
  model::RoomRecord room;
  const Pass pass = open_object(value.bytes, value.offset, pointer, part.texts,
                                [&](JsonObject& object) { objects_.read_room(object, room); });
  if (pass == Pass::broken) {
    syntax = {in_.breakage().offset, in_.breakage().reason};
    return Outcome::broken;
  }
  report_problems(value, part);
  if (!in_.has_fatal_problems()) {
    part.placeholder_times += in_.placeholder_times();
    part.rooms.push_back(std::move(room));
  }
  return Outcome::told;
}

bool RecordDecoder::Reader::is_set_aside(const RawValue& value, model::DocumentPart& part) const {
  for (const KnownObject& known : kSetAside) {
    if (in_.has_unknown(known.member)) {
      part.set_aside.push_back({value.offset, known.kind, std::string(value.bytes)});
      return true;
    }
  }
  if (!in_.saw_members()) {
    part.set_aside.push_back({value.offset, "empty_object", std::string(value.bytes)});
    return true;
  }
  return false;
}

/// An object that is no process and no room: a vendor object to be set aside, one that holds a
/// document, or a reject.
RecordDecoder::Outcome RecordDecoder::Reader::look_inside(const RawValue& value,
                                                          const std::string& pointer,
                                                          model::DocumentPart& part) {
  if (!mentions_processes(value.bytes) && is_set_aside(value, part)) {
    return Outcome::told;
  }
  std::string why = why_not_a_process(value);
  const Pass pass =
      open_object(value.bytes, value.offset, pointer, part.texts,
                  [&](JsonObject& object) { finding_ = carriers_.read(object, value.bytes); });
  if (pass == Pass::not_utf8) {
    reject_whole(value, pointer, value.offset + mended_.faults.front().offset,
                 mended_.faults.front().reason, part);
    return Outcome::told;
  }
  switch (pass == Pass::done ? finding_.kind : CarrierFinding::Kind::nothing) {
    case CarrierFinding::Kind::envelope:
      return Outcome::envelope;
    case CarrierFinding::Kind::carrier:
      if (!in_.has_fatal_problems()) {
        return Outcome::carrier;
      }
      report_problems(value, part);
      return Outcome::told;
    case CarrierFinding::Kind::ambiguous:
      why = "several members could be the list of processes (" + finding_.names +
            "): take one out, with jq .NAME";
      break;
    case CarrierFinding::Kind::nothing:
      break;
  }
  reject_whole(value, pointer, value.offset, why, part);
  return Outcome::told;
}

std::string RecordDecoder::Reader::why_not_a_process(const RawValue& value) const {
  if (mentions_processes(value.bytes)) {
    return "processId is missing here: it stands in a member or a text that is not understood; "
           "take that out first, with jq .NAME or, of a text, jq '.NAME | fromjson'";
  }
  if (in_.has_unknown("taskArn") || in_.has_unknown("containers") ||
      in_.has_unknown("lastStatus")) {
    return "processId is missing: this looks like an AWS ECS task, not a Hathora process";
  }
  if (in_.has_unknown("message") || in_.has_unknown("error")) {
    return "processId is missing: this looks like a saved error answer, not a list of processes";
  }
  return "processId is missing: this is not a process (nor a room, deployment or invoice)";
}

/// The problems of one record; its bytes stand with the first.
void RecordDecoder::Reader::report_problems(const RawValue& value, model::DocumentPart& part) {
  bool first = true;
  for (const auto& problem : in_.problems()) {
    part.rejects.push_back({value.offset, value.length, problem.offset, problem.pointer,
                            problem.reason, first ? std::string(value.bytes) : std::string(),
                            first ? 1 : 0});
    first = false;
  }
  if (in_.problem_count() > in_.problems().size()) {
    part.rejects.push_back({value.offset, value.length, value.offset, in_.path(),
                            "and " + std::to_string(in_.problem_count() - in_.problems().size()) +
                                " more problems in this record",
                            "", 0});
  }
}

std::shared_ptr<const model::RoomList> RecordDecoder::Reader::decode_rooms(std::string_view bytes) {
  model::TextArena unused;
  in_.start(bytes, 0, "", unused);
  objects_.start();
  const simdjson::padded_string_view padded(bytes.data(), bytes.size(),
                                            bytes.size() + simdjson::SIMDJSON_PADDING);
  simdjson::ondemand::document document;
  JsonValue value;
  if (parser_.iterate(padded).get(document) != simdjson::SUCCESS ||
      document.get_value().get(value) != simdjson::SUCCESS) {
    return nullptr;
  }
  auto list = objects_.read_rooms(value, "rooms");
  return in_.broken() || !in_.problems().empty() ? nullptr : list;
}

bool RecordDecoder::Reader::decode_envelope(std::string_view text, bool is_record,
                                            model::DocumentPart& part, SyntaxProblem& syntax) {
  std::string padded(text);
  padded.resize(text.size() + simdjson::SIMDJSON_PADDING);
  const std::string_view bytes(padded.data(), text.size());
  const Pass pass = open_object(bytes, 0, "", part.texts, [&](JsonObject& object) {
    objects_.read_envelope(object, is_record, part.head);
  });
  if (pass == Pass::done && !in_.has_fatal_problems()) {
    syntax = {0, "a list of processes beside other processes: which are meant?"};
    return is_record || !mentions_processes(text);
  }
  if (pass == Pass::not_utf8) {
    syntax = {base::find_invalid_utf8(bytes), "invalid UTF-8"};
  } else if (pass == Pass::broken) {
    syntax = {in_.breakage().offset, in_.breakage().reason};
  } else {
    base::check(!in_.problems().empty(), "what costs a record is told");
    const auto& problem = in_.problems().front();
    syntax = {problem.offset, problem.pointer + ": " + problem.reason};
  }
  return false;
}

}  // namespace fleetmeter::decode
