package org.relata.cli.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// A report or a diagram read back by a strict XML parser.
final class Page {
    private final Document document;

    private Page(Document document) {
        this.document = document;
    }

    /// Parses; anything that is not well-formed fails the test.
    static Page of(String markup) {
        try {
            DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(new ErrorHandler() {
                @Override
                public void warning(SAXParseException e) throws SAXException {
                    throw e;
                }

                @Override
                public void error(SAXParseException e) throws SAXException {
                    throw e;
                }

                @Override
                public void fatalError(SAXParseException e) throws SAXException {
                    throw e;
                }
            });
            return new Page(builder.parse(new InputSource(new StringReader(markup))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
    }

    /// All elements of a name, or of any with `*`.
    List<Element> all(String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /// The element of an id.
    Element id(String id) {
        return all("*").stream()
                .filter(e -> e.getAttribute("id").equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing has the id " + id));
    }

    /// Whether something has the id.
    boolean has(String id) {
        return all("*").stream().anyMatch(e -> e.getAttribute("id").equals(id));
    }

    /// The texts of all elements of a class.
    List<String> texts(String styleClass) {
        return all("*").stream()
                .filter(e -> List.of(e.getAttribute("class").split(" ")).contains(styleClass))
                .map(Element::getTextContent)
                .toList();
    }

    /// What the body says, without scripts.
    String text() {
        StringBuilder text = new StringBuilder();
        for (Element main : all("main")) {
            text.append(main.getTextContent());
        }
        return text.toString();
    }
}
