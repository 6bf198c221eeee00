#include "fleetmeter/spelling.hpp"

#include <array>
#include <atomic>

namespace fleetmeter {

namespace {

constexpr std::array<const char*, 30> kFields{"archive",
                                              "by",
                                              "catch_up",
                                              "currency",
                                              "day",
                                              "format",
                                              "from",
                                              "from, to",
                                              "grain_ms",
                                              "include",
                                              "Store::ingest",
                                              "invoice_id",
                                              "known_at_ms",
                                              "known_seq",
                                              "list",
                                              "Store::money",
                                              "named_queries",
                                              "Store::migrate",
                                              "month",
                                              "name_pattern",
                                              "name_tz",
                                              "observed_at",
                                              "parameter",
                                              "policy",
                                              "rates",
                                              "Store::restore_pruned",
                                              "the store's path",
                                              "tz",
                                              "timeout_ms",
                                              "to"};
static_assert(kFields.size() == static_cast<std::size_t>(Term::to) + 1);

const char* as_field(Term term) {
  return kFields[static_cast<std::size_t>(term)];
}

std::atomic<Spelling> spelling{as_field};

}  // namespace

void spell_terms(Spelling client) {
  spelling = client;
}

std::string spelled(Term term) {
  return spelling.load()(term);
}

}  // namespace fleetmeter
