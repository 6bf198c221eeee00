#include "push/database.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

#include "fleetmeter/text.hpp"

namespace fleetmeter::push {

namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20U;

std::string in_one_line(const char* said) {
  std::string text(said);
  std::replace(text.begin(), text.end(), '\n', ' ');
  while (!text.empty() && text.back() == ' ') {
    text.pop_back();
  }
  return text;
}

/// Throws Error(usage) unless libpq finds in a target what somebody wrote there. Of a URL whose
/// password has an `@` or a `/` as they are, it takes the rest of the password for a host or a
/// database: an `@` is left in them.
void expect_readable(const std::string& target, const std::string& name) {
  const PqLibrary& pq = PqLibrary::get();
  char* why = nullptr;
  const auto free_all = [&](PQconninfoOption* options) { pq.PQconninfoFree(options); };
  const std::unique_ptr<PQconninfoOption, decltype(free_all)> options(
      pq.PQconninfoParse(target.c_str(), &why), free_all);
  pq.PQfreemem(why);
  bool is_readable = options != nullptr;
  const bool is_url = target.starts_with("postgresql://") || target.starts_with("postgres://");
  for (const auto* one = options.get(); is_readable && one->keyword != nullptr; ++one) {
    const std::string_view keyword = one->keyword;
    const bool is_place = keyword == "host" || keyword == "port" || keyword == "dbname";
    const bool has_value = is_url && is_place && one->val != nullptr;
    is_readable = !has_value || std::strchr(one->val, '@') == nullptr;
  }
  if (!is_readable) {
    throw Error(ErrorKind::usage,
                name +
                    ": libpq cannot read it; in a URL, write %40 for an @ of a password, %2F for "
                    "a / and %25 for a %, or put the password into ~/.pgpass");
  }
}

/// Why nobody could be reached there, in our own words.
std::string why_not_reached(const std::string& target) {
  switch (PqLibrary::get().PQping(target.c_str())) {
    case PQPING_OK:
      return "the server refuses: the user, the password or the database is not what it expects";
    case PQPING_REJECT:
      return "the server takes no connections now";
    case PQPING_NO_RESPONSE:
      return "no server answers there";
    case PQPING_NO_ATTEMPT:
      break;
  }
  return "something is wrong in it";
}

}  // namespace

Database::Database(const std::string& target, std::size_t number)
    : pq_(PqLibrary::get()), name_("target " + std::to_string(number)) {
  expect_readable(target, name_);
  connection_.reset(pq_.PQconnectdb(target.c_str()));
  if (!connection_ || pq_.PQstatus(connection_.get()) != CONNECTION_OK) {
    throw failed(ErrorKind::io, "cannot be reached: " + why_not_reached(target) +
                                    "; `psql` with the same words says more");
  }
  name_ = pq_.PQdb(connection_.get());
  const char* const host = pq_.PQhost(connection_.get());
  if (host != nullptr && *host != '\0') {
    name_ += std::string("@") + host;
  }
  pq_.PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
}

Error Database::failed(ErrorKind kind, const std::string& why) const {
  return {kind, printable(name_) + ": " + why};
}

Error Database::refused() const {
  return failed(ErrorKind::io, in_one_line(pq_.PQerrorMessage(connection_.get())));
}

Database::Result Database::expect(Result result, ExecStatusType status) const {
  if (!result || pq_.PQresultStatus(result.get()) != status) {
    throw refused();
  }
  return result;
}

Database::Result Database::send(const std::string& sql) const {
  return Result(pq_.PQexec(connection_.get(), sql.c_str()));
}

std::int64_t Database::run(const std::string& sql) {
  const Result result = expect(send(sql), PGRES_COMMAND_OK);
  const char* const changed = pq_.PQcmdTuples(result.get());
  std::int64_t rows = 0;
  std::from_chars(changed, changed + std::strlen(changed), rows);
  return rows;
}

Database::Rows Database::ask(const std::string& sql) {
  const Result result = expect(send(sql), PGRES_TUPLES_OK);
  Rows rows(static_cast<std::size_t>(pq_.PQntuples(result.get())));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (int column = 0; column < pq_.PQnfields(result.get()); ++column) {
      rows[row].emplace_back(pq_.PQgetvalue(result.get(), static_cast<int>(row), column));
    }
  }
  return rows;
}

void Database::copy(const std::string& table, const std::string& rows) {
  static_cast<void>(expect(send("COPY " + table + " FROM STDIN"), PGRES_COPY_IN));
  for (std::size_t at = 0; at < rows.size(); at += kPiece) {
    const std::size_t size = std::min(kPiece, rows.size() - at);
    if (pq_.PQputCopyData(connection_.get(), rows.data() + at, static_cast<int>(size)) != 1) {
      throw refused();
    }
  }
  if (pq_.PQputCopyEnd(connection_.get(), nullptr) != 1) {
    throw refused();
  }
  static_cast<void>(expect(Result(pq_.PQgetResult(connection_.get())), PGRES_COMMAND_OK));
  const Result none(pq_.PQgetResult(connection_.get()));
}

}  // namespace fleetmeter::push
