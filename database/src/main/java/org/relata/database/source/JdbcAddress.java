package org.relata.database.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relata.database.RelataException;

/// Where a database server is and who asks, taken apart so that a password is never part of a message.
///
/// @param url the JDBC URL without user and password
/// @param credentials user and password, where known
record JdbcAddress(String url, Properties credentials) {
    private static final Pattern SERVER = Pattern.compile("(?:postgres|postgresql)://(?:([^@/]*)@)?(.*)");
    private static final Pattern USER_INFO = Pattern.compile("^(jdbc:[a-z0-9]+:)//([^@/?]*)@(.*)$");
    private static final Pattern PARAMETER = Pattern.compile("([?&;])(user|password)=([^&;]*)");

    /// Whether a source text is an address of this kind rather than a path.
    static boolean matches(String text) {
        return text.startsWith("jdbc:") || SERVER.matcher(text).matches();
    }

    /// Takes a text apart: `jdbc:postgresql://host/db?user=u&password=p`, or `postgresql://u:p@host/db` as `psql`
    /// writes
    /// it. For PostgreSQL, what is missing is taken from `PGUSER` and `PGPASSWORD`.
    static JdbcAddress parse(String text, Map<String, String> environment) {
        Properties credentials = new Properties();
        Matcher server = SERVER.matcher(text);
        String url = server.matches() ? "jdbc:postgresql://" + server.group(2) : text;
        if (server.matches() && server.group(1) != null) {
            userInfo(server.group(1), credentials);
        }
        Matcher userInfo = USER_INFO.matcher(url);
        if (userInfo.matches()) {
            userInfo(userInfo.group(2), credentials);
            url = userInfo.group(1) + "//" + userInfo.group(3);
        }
        Matcher parameter = PARAMETER.matcher(url);
        while (parameter.find()) {
            credentials.setProperty(parameter.group(2), decode(parameter.group(3)));
        }
        url = PARAMETER.matcher(url).replaceAll("$1").replaceAll("[?&;]+$", "").replaceAll("([?&;])[&;]+", "$1");
        if (url.startsWith("jdbc:postgresql:")) {
            Optional.ofNullable(environment.get("PGUSER")).ifPresent(user -> credentials.putIfAbsent("user", user));
            Optional.ofNullable(environment.get("PGPASSWORD"))
                    .ifPresent(password -> credentials.putIfAbsent("password", password));
        }
        return new JdbcAddress(url, credentials);
    }

    private static void userInfo(String text, Properties credentials) {
        int colon = text.indexOf(':');
        credentials.setProperty("user", decode(colon < 0 ? text : text.substring(0, colon)));
        if (colon >= 0) {
            credentials.setProperty("password", decode(text.substring(colon + 1)));
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RelataException.usage(
                            "source.url",
                            "the database URL",
                            "user or password holds a % that is not part of an escape",
                            "write % as %25")
                    .causedBy(e);
        }
    }

    /// The name of the database: the last part of the path of the URL.
    String databaseName() {
        String path = url.replaceAll("[?;].*$", "");
        String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
        return last.isBlank() ? "database" : last;
    }

    /// A driver's message without the password, should it repeat it.
    String withoutPassword(String message) {
        String password = credentials.getProperty("password", "");
        return password.length() < 3 ? message : message.replace(password, "***");
    }

    /// Why there is no connection.
    RelataException refused(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String scheme = url.replaceAll("^(jdbc:[^:/]*).*$", "$1");
        if (String.valueOf(e.getMessage()).startsWith("No suitable driver")) {
            return RelataException.usage(
                            "source.driver",
                            scheme,
                            "no driver for this kind of database is on the class path",
                            "put its jar there, or use jdbc:postgresql:, or a DuckDB or SQLite file")
                    .causedBy(e);
        }
        if (state.startsWith("28")) {
            return RelataException.usage(
                            "source.login",
                            url,
                            "user or password is wrong (" + message(e) + ")",
                            "give them in the URL as user=…&password=…, or in PGUSER and PGPASSWORD")
                    .causedBy(e);
        }
        if (state.equals("3D000")) {
            return RelataException.usage(
                            "source.database",
                            url,
                            "the server has no such database (" + message(e) + ")",
                            "check the last part of the URL")
                    .causedBy(e);
        }
        return RelataException.usage(
                        "source.connect",
                        url,
                        "no connection (" + message(e) + ")",
                        "check host, port and whether the server is running")
                .causedBy(e);
    }

    /// What a driver says, in one line.
    String message(SQLException e) {
        return withoutPassword(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }

    @Override
    public String toString() {
        return url;
    }
}
