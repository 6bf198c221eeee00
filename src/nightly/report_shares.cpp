#include "nightly/report_shares.hpp"

#include <map>
#include <utility>

#include "ask/meters.hpp"

namespace fleetmeter::nightly {

namespace {

using report::Share;

Question by(const Question& question, std::vector<GroupBy> groups) {
  Question one = question;
  one.by = std::move(groups);
  return one;
}

/// All regions, or all apps: also those that only the period before had.
std::vector<Share> all_shares(const Question& question, const Question* before, GroupBy kind,
                              store::Reader& reader) {
  std::map<std::string, Share> by_name;
  for (const BillingRow& row : ask::billing(by(question, {kind}), reader)) {
    by_name[row.group[0]].billable_ms = row.billable_ms;
  }
  for (const EgressRow& row : ask::egress(by(question, {kind}), reader)) {
    by_name[row.group[0]].egress_bytes = row.egress_bytes;
    by_name[row.group[0]].open_processes = row.open_processes;
  }
  if (before != nullptr) {
    for (const BillingRow& row : ask::billing(by(*before, {kind}), reader)) {
      by_name[row.group[0]].billable_ms_before = row.billable_ms.point;
    }
    for (const EgressRow& row : ask::egress(by(*before, {kind}), reader)) {
      by_name[row.group[0]].egress_bytes_before = row.egress_bytes.point;
    }
  }
  std::vector<Share> all;
  all.reserve(by_name.size());
  for (auto& [name, one] : by_name) {
    one.name = name;
    all.push_back(std::move(one));
  }
  return all;
}

/// What each region that is shown sent in each slot. What is of none of them is of the rest.
void add_slots(const Question& question, store::Reader& reader, report::Facts& facts) {
  std::map<std::string, std::size_t> slot_of;
  for (const report::Slot& slot : facts.slots) {
    slot_of.emplace(slot.label, slot_of.size());
  }
  std::map<std::string, Share*> region_of;
  for (Share& region : facts.regions) {
    region.egress_by_slot.resize(facts.slots.size());
    if (region.parts == 1) {
      region_of.emplace(region.name, &region);
    }
  }
  const GroupBy slot = facts.period.is_month ? GroupBy::day : GroupBy::hour;
  for (const EgressRow& row : ask::egress(by(question, {GroupBy::region, slot}), reader)) {
    const auto found = region_of.find(row.group[0]);
    Share& region = found == region_of.end() ? facts.regions.back() : *found->second;
    region.egress_by_slot[slot_of.at(row.group[1])] += row.egress_bytes;
  }
}

}  // namespace

void add_shares(const Question& question, const Question* before, store::Reader& reader,
                report::Facts& facts) {
  std::vector<Share> regions = all_shares(question, before, GroupBy::region, reader);
  std::vector<Share> apps = all_shares(question, before, GroupBy::app, reader);
  if (before != nullptr) {
    facts.moved_regions = report::movers(regions);
    facts.moved_apps = report::movers(apps);
  }
  facts.regions = report::largest_shares(std::move(regions));
  facts.apps = report::largest_shares(std::move(apps));
  add_slots(question, reader, facts);
}

}  // namespace fleetmeter::nightly
