#include "decode/record_decoder.hpp"

#include <array>
#include <new>
#include <utility>

#include "base/text.hpp"
#include "decode/object_reader.hpp"
#include "decode/value_reader.hpp"

namespace fleetmeter::decode {

namespace {

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
  bool decode(const RawValue& value, const std::string& pointer, model::DocumentPart& part,
              SyntaxProblem& syntax);
  std::shared_ptr<const model::RoomList> decode_rooms(std::string_view bytes);
  bool decode_envelope(std::string_view text, model::DocumentPart& part, SyntaxProblem& syntax);

 private:
  /// What one pass over an object came to.
  enum class Pass { done, not_utf8, broken };

  template <class ReadObject>
  Pass open_object(std::string_view bytes, std::uint64_t offset, const std::string& pointer,
                   model::TextArena& texts, ReadObject&& read_object);
  bool decode_room(const RawValue& value, const std::string& pointer, model::DocumentPart& part,
                   SyntaxProblem& syntax);
  void set_aside_or_reject(const RawValue& value, const std::string& pointer,
                           model::DocumentPart& part);
  [[nodiscard]] bool is_room() const;
  [[nodiscard]] std::string why_not_a_process() const;
  void report_problems(const RawValue& value, model::DocumentPart& part);

  simdjson::ondemand::parser parser_;
  ValueReader in_;
  ObjectReader objects_{in_};
};

RecordDecoder::RecordDecoder() : reader_(std::make_unique<Reader>()) {}
RecordDecoder::~RecordDecoder() = default;

bool RecordDecoder::decode(const RawValue& value, const std::string& pointer,
                           model::DocumentPart& part, SyntaxProblem& syntax) {
  return reader_->decode(value, pointer, part, syntax);
}

std::shared_ptr<const model::RoomList> RecordDecoder::decode_rooms(std::string_view bytes) {
  return reader_->decode_rooms(bytes);
}

bool RecordDecoder::decode_envelope(std::string_view text, model::DocumentPart& part,
                                    SyntaxProblem& syntax) {
  return reader_->decode_envelope(text, part, syntax);
}

template <class ReadObject>
RecordDecoder::Reader::Pass RecordDecoder::Reader::open_object(std::string_view bytes,
                                                               std::uint64_t offset,
                                                               const std::string& pointer,
                                                               model::TextArena& texts,
                                                               ReadObject&& read_object) {
  in_.start(bytes, offset, pointer, texts);
  objects_.start();
  const simdjson::padded_string_view padded(bytes.data(), bytes.size(),
                                            bytes.size() + simdjson::SIMDJSON_PADDING);
  simdjson::ondemand::document document;
  const simdjson::error_code error = parser_.iterate(padded).get(document);
  if (error == simdjson::UTF8_ERROR) {
    return Pass::not_utf8;
  }
  if (error == simdjson::MEMALLOC) {
    throw std::bad_alloc();
  }
  JsonObject object;
  if (in_.check(error, {}) && in_.check(document.get_object().get(object), {})) {
    read_object(object);
  }
  const char* stopped_at = nullptr;
  // A document that could not be opened has no place to ask for.
  if (error == simdjson::SUCCESS && in_.broken() &&
      document.current_location().get(stopped_at) == simdjson::SUCCESS) {
    in_.locate_breakage(stopped_at);
  }
  return in_.broken() ? Pass::broken : Pass::done;
}

bool RecordDecoder::Reader::decode(const RawValue& value, const std::string& pointer,
                                   model::DocumentPart& part, SyntaxProblem& syntax) {
  if (const std::string why = why_not_readable(value); !why.empty()) {
    reject_whole(value, pointer, value.offset, why, part);
    return true;
  }
  auto texts = std::make_shared<model::TextArena>(kTextBlock);
  auto attributes = std::make_shared<model::ProcessAttributes>();
  auto process = std::make_shared<model::ProcessRecord>();
  attributes->texts = texts;
  const Pass pass = open_object(
      value.bytes, value.offset, pointer, *texts,
      [&](JsonObject& object) { objects_.read_process(object, *attributes, *process); });
  if (pass == Pass::not_utf8) {
    const std::size_t at = base::find_invalid_utf8(value.bytes);
    reject_whole(value, pointer, value.offset + at, "invalid UTF-8", part);
    return true;
  }
  if (pass == Pass::broken) {
    syntax = {in_.breakage().offset, in_.breakage().reason};
    return false;
  }
  if (!objects_.names_process()) {
    if (is_room()) {
      return decode_room(value, pointer, part, syntax);
    }
    set_aside_or_reject(value, pointer, part);
    return true;
  }
  objects_.check_process(*attributes);
  report_problems(value, part);
  if (!objects_.has_fatal_problems()) {
    process->attributes = std::move(attributes);
    part.processes.push_back({std::move(process), objects_.counter()});
  }
  return true;
}

bool RecordDecoder::Reader::is_room() const {
  return in_.has_unknown("roomId") || in_.has_unknown("room_id") || in_.has_unknown("RoomId");
}

bool RecordDecoder::Reader::decode_room(const RawValue& value, const std::string& pointer,
                                        model::DocumentPart& part, SyntaxProblem& syntax) {
  model::RoomRecord room;
  const Pass pass = open_object(value.bytes, value.offset, pointer, part.texts,
                                [&](JsonObject& object) { objects_.read_room(object, room); });
  if (pass == Pass::broken) {
    syntax = {in_.breakage().offset, in_.breakage().reason};
    return false;
  }
  report_problems(value, part);
  if (!objects_.has_fatal_problems()) {
    part.rooms.push_back(std::move(room));
  }
  return true;
}

void RecordDecoder::Reader::set_aside_or_reject(const RawValue& value, const std::string& pointer,
                                                model::DocumentPart& part) {
  for (const KnownObject& known : kSetAside) {
    if (in_.has_unknown(known.member)) {
      part.set_aside.push_back({value.offset, known.kind, std::string(value.bytes)});
      return;
    }
  }
  if (!in_.saw_members()) {
    part.set_aside.push_back({value.offset, "empty_object", std::string(value.bytes)});
    return;
  }
  reject_whole(value, pointer, value.offset, why_not_a_process(), part);
}

std::string RecordDecoder::Reader::why_not_a_process() const {
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
                            problem.reason, first ? std::string(value.bytes) : std::string()});
    first = false;
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

bool RecordDecoder::Reader::decode_envelope(std::string_view text, model::DocumentPart& part,
                                            SyntaxProblem& syntax) {
  std::string padded(text);
  padded.resize(text.size() + simdjson::SIMDJSON_PADDING);
  const std::string_view bytes(padded.data(), text.size());
  const Pass pass = open_object(bytes, 0, "", part.texts, [&](JsonObject& object) {
    objects_.read_envelope(object, part.head);
  });
  if (pass == Pass::done && in_.problems().empty()) {
    return true;
  }
  if (pass == Pass::not_utf8) {
    syntax = {base::find_invalid_utf8(bytes), "invalid UTF-8"};
  } else if (pass == Pass::broken) {
    syntax = {in_.breakage().offset, in_.breakage().reason};
  } else {
    const auto& problem = in_.problems().front();
    syntax = {problem.offset, problem.pointer + ": " + problem.reason};
  }
  return false;
}

}  // namespace fleetmeter::decode
