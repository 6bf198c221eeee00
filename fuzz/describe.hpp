#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include "base/sha256.hpp"
#include "base/text.hpp"
#include "decode/byte_source.hpp"
#include "decode/document_reader.hpp"
#include "model/document.hpp"

namespace fleetmeter::fuzz {

/// Bytes in memory, handed out at most `step` at a time, as a slow pipe would.
class MemorySource final : public decode::ByteSource {
 public:
  MemorySource(std::string_view bytes, std::size_t step) : rest_(bytes), step_(step) {}

  std::size_t read(char* into, std::size_t size) override {
    const std::size_t count = rest_.copy(into, std::min(size, step_));
    rest_.remove_prefix(count);
    return count;
  }
  [[nodiscard]] const char* encoding() const override { return "plain"; }

 private:
  std::string_view rest_;
  std::size_t step_;
};

/// How descriptions are written; not for callers.
namespace detail {

using model::AllocationRecord;
using model::PortRecord;
using model::ProcessRecord;
using model::RoomRecord;

/// Writes `name=value` for what is there, and looks at every text on the way.
class Lines {
 public:
  void line(const char* head) { out_ << '\n' << head; }

  void put(const char* name, const model::Text& text) {
    if (text) {
      out_ << ' ' << name << "=\"" << base::printable(*text, 20'000) << '"';
      check(name, *text);
    }
  }
  void id(const char* name, std::string_view text) {
    put(name, model::Text(text));
    const auto is_control = [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    };
    if (std::any_of(text.begin(), text.end(), is_control)) {
      problem(name, "holds a control character");
    }
    if (text.empty() || text.size() > 200) {
      problem(name, "is empty or over 200 bytes");
    }
  }
  template <class Number>
  void put(const char* name, const std::optional<Number>& number) {
    if (number) {
      out_ << ' ' << name << '=' << *number;
    }
  }
  void put(const char* name, const model::LooseNumber& number) {
    switch (number.kind) {
      case model::LooseNumber::Kind::absent:
        return;
      case model::LooseNumber::Kind::integer:
        out_ << ' ' << name << '=' << number.integer;
        return;
      case model::LooseNumber::Kind::real:
        out_ << ' ' << name << "=real:" << std::hexfloat << number.real << std::defaultfloat;
        return;
      case model::LooseNumber::Kind::text:
        out_ << ' ' << name << "=text:" << number.text;
        check(name, number.text);
    }
  }

  void problem(const std::string& what, const std::string& why) {
    if (problem_.empty()) {
      problem_ = what + ' ' + why;
    }
  }
  std::ostringstream& out() { return out_; }
  [[nodiscard]] std::string text() const { return out_.str(); }
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  void check(const char* name, std::string_view text) {
    if (base::find_invalid_utf8(text) != text.size()) {
      problem(name, "is not UTF-8");
    }
  }

  std::ostringstream out_;
  std::string problem_;
};

inline void write(Lines& lines, const PortRecord& port) {
  lines.line("    port");
  lines.put("name", port.name);
  lines.put("transportType", port.transport_type);
  lines.put("host", port.host);
  lines.put("port", port.port);
}

inline void write(Lines& lines, const AllocationRecord& allocation) {
  lines.line("      allocation");
  lines.id("roomAllocationId", allocation.room_allocation_id);
  lines.put("processId", allocation.process_id);
  lines.put("scheduledAt", allocation.scheduled_at_ms);
  lines.put("unscheduledAt", allocation.unscheduled_at_ms);
}

inline void write(Lines& lines, const RoomRecord& room) {
  lines.line("    room");
  lines.id("roomId", room.room_id);
  lines.put("appId", room.app_id);
  lines.put("status", room.status);
  lines.put("roomConfig", room.room_config);
  if (room.current_allocation) {
    write(lines, *room.current_allocation);
  }
  for (const AllocationRecord& allocation : room.allocations) {
    write(lines, allocation);
  }
}

inline void write(Lines& lines, const model::Observation& observation) {
  const ProcessRecord& process = *observation.record;
  const model::ProcessAttributes& attributes = *process.attributes;
  lines.line("  process");
  lines.id("processId", attributes.process_id);
  lines.put("appId", attributes.app_id);
  lines.put("deploymentId", attributes.deployment_id);
  lines.put("region", attributes.region);
  lines.put("status", attributes.status);
  lines.put("draining", attributes.draining);
  lines.put("startingAt", attributes.starting_at_ms);
  lines.put("scheduledAt", attributes.scheduled_at_ms);
  lines.put("bootedAt", attributes.booted_at_ms);
  lines.put("startedAt", attributes.started_at_ms);
  lines.put("stoppingAt", attributes.stopping_at_ms);
  lines.put("terminatedAt", attributes.terminated_at_ms);
  lines.put("egressedBytes", observation.egressed_bytes);
  lines.put("roomsPerProcess", attributes.rooms_per_process);
  lines.put("host", attributes.host);
  lines.put("port", attributes.port);
  lines.put("hosting", attributes.hosting);
  lines.put("fleetId", attributes.fleet_id);
  lines.put("summaryExitReason", attributes.summary_exit_reason);
  lines.put("roomsAllocated", process.rooms_allocated);
  lines.put("roomsAllocatedUpdatedAt", process.rooms_allocated_updated_at_ms);
  lines.put("activeConnections", process.active_connections);
  lines.put("activeConnectionsUpdatedAt", process.active_connections_updated_at_ms);
  lines.put("roomSlotsAvailable", process.room_slots_available);
  lines.put("roomSlotsAvailableUpdatedAt", process.room_slots_available_updated_at_ms);
  lines.put("idleSince", process.idle_since_ms);
  lines.put("totalRooms", process.total_rooms);
  if (attributes.exposed_port) {
    write(lines, *attributes.exposed_port);
  }
  for (const PortRecord& port : attributes.additional_exposed_ports) {
    write(lines, port);
  }
  lines.out() << (process.lists_rooms() ? "\n    lists rooms" : "");
  for (const RoomRecord& room : process.rooms()) {
    write(lines, room);
  }
  if (observation.egressed_bytes && *observation.egressed_bytes < -2147483648) {
    lines.problem("egressedBytes", "is below every wrapped int32");
  }
}

inline void write_head(Lines& lines, const model::DocumentPart& part) {
  const model::DocumentHead& head = part.head;
  lines.out() << "document at " << head.byte_offset;
  if (part.last) {
    lines.out() << " length " << head.byte_length << " sha256 "
                << base::to_hex(base::as_bytes(head.sha256)) << " records " << head.record_count;
  }
  lines.out() << (part.malformed ? " malformed" : "") << (head.is_list ? " list" : " single")
              << (part.last ? "" : " unfinished");
  if (part.malformed) {
    return;  // nothing of it counts
  }
  lines.put("observedAt", head.observed_at_ms);
  lines.out() << " origin=" << static_cast<int>(head.observed_at_origin);
  lines.put("capped", head.capped);
  lines.put("list", head.list_kind);
}

inline Lines lines_of(const model::DocumentPart& part) {
  Lines lines;
  write_head(lines, part);
  for (const model::Observation& process : part.processes) {
    write(lines, process);
  }
  for (const RoomRecord& room : part.rooms) {
    write(lines, room);
  }
  for (const model::SetAside& aside : part.set_aside) {
    lines.out() << "\n  set aside at " << aside.byte_offset << ' ' << aside.kind << " sha256 "
                << base::to_hex(base::as_bytes(base::sha256(aside.raw)));
  }
  for (const model::Reject& reject : part.rejects) {
    lines.out() << "\n  reject at " << reject.record_offset << '+' << reject.record_length
                << " byte " << reject.byte_offset << " pointer \"" << reject.json_pointer << "\" "
                << base::printable(reject.reason, 1000) << " raw " << reject.raw.size() << ' '
                << base::to_hex(base::as_bytes(base::sha256(reject.raw)));
    if (base::find_invalid_utf8(reject.reason) != reject.reason.size()) {
      lines.problem("a reject's reason", "is not UTF-8");
    }
    if (base::find_invalid_utf8(reject.json_pointer) != reject.json_pointer.size()) {
      lines.problem("a reject's pointer", "is not UTF-8");
    }
  }
  return lines;
}

/// Whether `raw` is what stands in the source at `offset`, or the beginning of it.
inline bool is_there(std::string_view bytes, std::uint64_t offset, std::string_view raw) {
  return offset <= bytes.size() && bytes.substr(offset, raw.size()) == raw;
}

inline std::string broken_place(std::string_view bytes, const model::DocumentPart& part) {
  const model::DocumentHead& head = part.head;
  const std::uint64_t end = part.last ? head.byte_offset + head.byte_length : bytes.size();
  if (head.byte_offset > end || end > bytes.size()) {
    return "the document lies outside its source";
  }
  const std::string_view document = bytes.substr(head.byte_offset, head.byte_length);
  if (part.last && base::sha256(document) != head.sha256) {
    return "the document's sha256 is of other bytes";
  }
  for (const model::Reject& reject : part.rejects) {
    const bool inside = reject.record_offset >= head.byte_offset &&
                        reject.record_offset + reject.record_length <= end;
    const bool fault_inside = reject.byte_offset >= reject.record_offset &&
                              reject.byte_offset <= reject.record_offset + reject.record_length;
    if (!inside || !fault_inside || !is_there(bytes, reject.record_offset, reject.raw)) {
      return "a reject lies outside its document, its record or its bytes";
    }
    if (reject.raw.size() > reject.record_length || reject.reason.empty()) {
      return "a reject's raw bytes are longer than its record, or it has no reason";
    }
  }
  for (const model::SetAside& aside : part.set_aside) {
    if (!is_there(bytes, aside.byte_offset, aside.raw)) {
      return "what was set aside is not what stands there";
    }
  }
  return "";
}

}  // namespace detail

/// One document and what was made of it, as lines of text: equal exactly when everything is.
[[nodiscard]] inline std::string describe(const model::DocumentPart& part) {
  return detail::lines_of(part).text();
}

/// A workspace that remembers nothing. The bytes of its buffer were another's: to have 256 KiB from
/// the system and to give them back takes longer than reading most inputs.
class BlankWorkspace {
 public:
  explicit BlankWorkspace(bool recognises) {
    workspace_->recognises = recognises;
    workspace_->buffer = std::move(memory());
  }
  ~BlankWorkspace() { memory() = std::move(workspace_->buffer); }
  BlankWorkspace(const BlankWorkspace&) = delete;
  BlankWorkspace& operator=(const BlankWorkspace&) = delete;

  [[nodiscard]] const std::shared_ptr<decode::Workspace>& get() const { return workspace_; }

 private:
  static decode::RawMemory& memory() {
    static decode::RawMemory kept;
    return kept;
  }
  std::shared_ptr<decode::Workspace> workspace_ = std::make_shared<decode::Workspace>();
};

/// Every document in `bytes`, read `step` bytes at a time, with or without recognising records.
[[nodiscard]] inline std::string describe_all(std::string_view bytes, std::size_t step,
                                              const decode::Limits& limits = {},
                                              const decode::FallbackTime& fallback = {},
                                              bool recognises = true) {
  MemorySource source(bytes, step);
  const BlankWorkspace workspace(recognises);
  decode::DocumentReader reader(source, fallback, limits, workspace.get());
  model::DocumentPart part;
  std::string all;
  while (reader.next(part)) {
    all += describe(part) + '\n';
  }
  return all;
}

/// What is wrong with a part, by the promises of its types: offsets and digests that do not fit the
/// source, text that is not UTF-8, control characters in ids. Empty when nothing is.
[[nodiscard]] inline std::string broken_promise(std::string_view bytes,
                                                const model::DocumentPart& part) {
  const std::string place = detail::broken_place(bytes, part);
  return place.empty() ? detail::lines_of(part).problem() : place;
}

}  // namespace fleetmeter::fuzz
