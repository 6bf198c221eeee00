#include "fleetmeter/spelling.hpp"

#include <array>
#include <atomic>

namespace fleetmeter {

namespace {

constexpr std::array<const char*, 33> kFields{"archive",
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
                                              "last_month",
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
                                              "this_month",
                                              "tz",
                                              "timeout_ms",
                                              "to",
                                              "yesterday"};
static_assert(kFields.size() == static_cast<std::size_t>(Term::yesterday) + 1);

const char* as_field(Term term) {
  return kFields[static_cast<std::size_t>(term)];
}

std::atomic<Spelling> client_spelling{as_field};

}  // namespace

void spell_terms(Spelling spelling) {
  client_spelling = spelling;
}

std::string spelled(Term term) {
  return client_spelling.load()(term);
}

}  // namespace fleetmeter
