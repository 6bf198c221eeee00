#include "report/share.hpp"

#include <tuple>

#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

constexpr std::size_t kMostMovers = 5;

Int128 moved_by(const Share& share) {
  const Int128 by = share.billable_ms.point - share.billable_ms_before;
  return by < 0 ? -by : by;
}

}  // namespace

Share& Share::operator+=(const Share& other) {
  parts += other.parts;
  billable_ms += other.billable_ms;
  egress_bytes += other.egress_bytes;
  open_processes += other.open_processes;
  billable_ms_before += other.billable_ms_before;
  egress_bytes_before += other.egress_bytes_before;
  egress_by_slot.resize(std::max(egress_by_slot.size(), other.egress_by_slot.size()));
  for (std::size_t i = 0; i < other.egress_by_slot.size(); ++i) {
    egress_by_slot[i] += other.egress_by_slot[i];
  }
  return *this;
}

std::vector<Share> largest_shares(std::vector<Share> all) {
  return largest(std::move(all), kMostShown, [](const Share& a, const Share& b) {
    return std::tie(b.billable_ms.point, b.egress_bytes.point, a.name) <
           std::tie(a.billable_ms.point, a.egress_bytes.point, b.name);
  });
}

std::vector<Share> movers(std::vector<Share> all) {
  std::erase_if(all, [](const Share& one) { return moved_by(one) == 0; });
  std::sort(all.begin(), all.end(), [](const Share& a, const Share& b) {
    return std::pair(moved_by(b), a.name) < std::pair(moved_by(a), b.name);
  });
  all.resize(std::min(all.size(), kMostMovers));
  return all;
}

std::string name_of(const std::string& name, std::int64_t parts, const std::string& kind) {
  return parts > 1 ? "the rest: " + counted(parts, kind) : name.empty() ? "(none)" : name;
}

}  // namespace fleetmeter::report
