#include "push/database.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

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

}  // namespace

Database::Database(const std::string& target)
    : pq_(PqLibrary::get()), connection_(pq_.PQconnectdb(target.c_str())) {
  const char* const database = connection_ ? pq_.PQdb(connection_.get()) : nullptr;
  const char* const host = connection_ ? pq_.PQhost(connection_.get()) : nullptr;
  name_ = database == nullptr ? "PostgreSQL" : database;
  if (host != nullptr && *host != '\0') {
    name_ += std::string("@") + host;
  }
  if (!connection_ || pq_.PQstatus(connection_.get()) != CONNECTION_OK) {
    throw refused();
  }
  pq_.PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
}

Error Database::failed(ErrorKind kind, const std::string& why) const {
  return {kind, printable(name_) + ": " + why};
}

Error Database::refused() const {
  return failed(ErrorKind::io,
                connection_ ? in_one_line(pq_.PQerrorMessage(connection_.get())) : "no memory");
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
