#pragma once

#include <postgresql/libpq-fe.h>

#include "base/loaded_library.hpp"

namespace fleetmeter::push {

/// libpq, loaded when the first database is reached.
///
/// Has the functions that are used here, under their own names.
class PqLibrary : base::LoadedLibrary {
 public:
  /// Throws Error(io) when the library is not installed.
  [[nodiscard]] static const PqLibrary& get();

 private:
  PqLibrary();

 public:
  decltype(&::PQclear) PQclear = find("PQclear");
  decltype(&::PQcmdTuples) PQcmdTuples = find("PQcmdTuples");
  decltype(&::PQconnectdb) PQconnectdb = find("PQconnectdb");
  decltype(&::PQconninfoFree) PQconninfoFree = find("PQconninfoFree");
  decltype(&::PQconninfoParse) PQconninfoParse = find("PQconninfoParse");
  decltype(&::PQdb) PQdb = find("PQdb");
  decltype(&::PQerrorMessage) PQerrorMessage = find("PQerrorMessage");
  decltype(&::PQexec) PQexec = find("PQexec");
  decltype(&::PQfinish) PQfinish = find("PQfinish");
  decltype(&::PQfreemem) PQfreemem = find("PQfreemem");
  decltype(&::PQgetResult) PQgetResult = find("PQgetResult");
  decltype(&::PQgetvalue) PQgetvalue = find("PQgetvalue");
  decltype(&::PQhost) PQhost = find("PQhost");
  decltype(&::PQnfields) PQnfields = find("PQnfields");
  decltype(&::PQntuples) PQntuples = find("PQntuples");
  decltype(&::PQping) PQping = find("PQping");
  decltype(&::PQputCopyData) PQputCopyData = find("PQputCopyData");
  decltype(&::PQputCopyEnd) PQputCopyEnd = find("PQputCopyEnd");
  decltype(&::PQresultStatus) PQresultStatus = find("PQresultStatus");
  decltype(&::PQsetNoticeProcessor) PQsetNoticeProcessor = find("PQsetNoticeProcessor");
  decltype(&::PQstatus) PQstatus = find("PQstatus");
};

}  // namespace fleetmeter::push
