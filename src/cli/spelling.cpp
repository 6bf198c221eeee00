#include "cli/spelling.hpp"

#include <array>

namespace fleetmeter::cli {

namespace {

struct Spelled {
  Term term;
  const char* option;
};

/// In the order of the terms, each of them.
constexpr std::array<Spelled, 30> kOptions{{
    {Term::archive, "`fleetmeter explain --archive`"},
    {Term::by, "--by"},
    {Term::catch_up, "--catch-up"},
    {Term::currency, "--currency"},
    {Term::day, "--day"},
    {Term::format, "--format"},
    {Term::from, "--from"},
    {Term::from_and_to, "--from, --to"},
    {Term::grain, "--grain"},
    {Term::include, "--include GLOB"},
    {Term::ingest, "`fleetmeter ingest`"},
    {Term::invoice_id, "--id"},
    {Term::known_seq, "--known-seq"},
    {Term::list, "--list"},
    {Term::list_invoices, "`fleetmeter invoice`"},
    {Term::list_queries, "`fleetmeter query`"},
    {Term::migrate, "`fleetmeter migrate`"},
    {Term::month, "--month"},
    {Term::name_pattern, "--name-pattern"},
    {Term::name_tz, "--name-tz"},
    {Term::observed_at, "--observed-at"},
    {Term::parameter, "--param"},
    {Term::policy, "--policy"},
    {Term::rates, "--rates"},
    {Term::restore_pruned, "`fleetmeter prune --restore`"},
    {Term::store_path, "--db"},
    {Term::time_zone, "--tz"},
    {Term::timeout, "--timeout"},
    {Term::to, "--to"},
    {Term::workbook, "--xlsx"},
}};

constexpr bool is_whole() {
  for (std::size_t i = 0; i < kOptions.size(); ++i) {
    if (static_cast<std::size_t>(kOptions[i].term) != i) {
      return false;
    }
  }
  return static_cast<std::size_t>(Term::workbook) + 1 == kOptions.size();
}
static_assert(is_whole(), "each term has its option, at its own place");

}  // namespace

const char* as_option(Term term) {
  return kOptions[static_cast<std::size_t>(term)].option;
}

}  // namespace fleetmeter::cli
